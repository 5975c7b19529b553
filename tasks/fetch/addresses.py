"""Which network addresses may be talked to: only globally routable ones.

A feed may redirect to, or a host name resolve to, the metadata service of a cloud or a
printer in the office.  Every address is judged after resolution, at every hop, and the
connection goes to the address that was judged.
"""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Addresses that stand for another one: NAT64, 6to4, Teredo. `is_global` says yes to some of
# them although what is behind may be private, so they are never used.
_TRANSLATED = tuple(
    ipaddress.ip_network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "100::/64")
)


def is_public(text: str) -> bool:
    """Whether an IP address (text, perhaps with a zone) is globally routable unicast."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(str(address.ipv4_mapped))
        if any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
