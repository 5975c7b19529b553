from tests.support import Lab, item, rss
from tests.site.server import *
def test_smoke(lab, site):
    site.routes["/rss"] = Conditional(Page(rss(item("A", "/a"), item("B", "/b")), "application/rss+xml"))
    site.routes["/a"] = Page("<html><body><p>hello</p></body></html>")
    l = lab({"home": "/rss"})
    import time
    t=time.time()
    print(l.poll()); print(time.time()-t)
    print(l.fetch()); print(time.time()-t)
    print(l.feed("home")); print(l.rows("select * from pages"))
    print(time.time()-t)
