update articles
set
    search_doc = null,
    search_sha256 = null
where
    search_doc is not null
    or search_sha256 is not null
