"""Weights of the relevance score: fitted, ridge-penalised, rounded. Thresholds of levels 2 and 3."""

from __future__ import annotations

WEIGHTS = {
    "headline names Pakistan": 0.51,
    "headline names the US": 1.18,
    "headline names a third country instead": -0.59,
    "sentences that link both": 0.62,
    "links with an act between": 0.39,
    "pairs such as Pak-US": 0.57,
    "share of sentences about others": -0.47,
    "both speak in the Security Council": 0.72,
    "Pakistani Americans": -0.58,
    "Pakistani Americans and an envoy": 0.5,
    "market report": -0.46,
    "sport": -1.36,
    "topic: visits and relations": 0.15,
    "topic: the strongest other": 0.53,
}
LEVEL_2 = 2.16
LEVEL_3 = 3.65
