"""What stands in a data set for people: how to cite it, what may be done with it, how to open it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WITH_TEXTS = (
    "The texts, headlines and quotations belong to their publishers and are here for research on them only: check "
    "what your law allows before you pass them on. `khabar freeze --no-text` makes the same set without them."
)
_WITHOUT_TEXTS = (
    "This set holds no text of an article: no body, quotation, summary or evidence sentence. Headlines and the names "
    "as they stand in the texts are in. Anybody can fetch the pages again by their addresses and compare the hashes."
)
_MARKS = (
    "The marks (relevance, topics, mentions, copies, stories) are facts about the articles, free for any use; "
    "please cite the data set."
)


def licence(text: bool) -> str:
    """What may be done with a data set with texts, or without."""
    return f"{_WITH_TEXTS if text else _WITHOUT_TEXTS} {_MARKS}"


_TEXT = """# {title}

{citation}

{totals[articles]:,} articles of {totals[outlets]:,} outlets, published {span}; frozen {created} from a warehouse whose
last run ended {warehouse[last_run_at]}. {choice_said}

## Open it

```sql
-- DuckDB, in this folder
select outlet_id, count(*) from 'articles.parquet' where relevance >= 2 group by all order by 2 desc;
-- one story in all its papers
select outlet_id, title, copy_kind from 'articles.parquet' where story_id = (
    select story_id from 'stories.parquet' order by outlet_count desc limit 1
);
```

```python
import pandas as pd

articles = pd.read_parquet("articles.parquet")
```

Check it with `khabar freeze --verify .`, or without khabar: `sha256sum *.parquet` against `manifest.json`;
`LC_ALL=C sha256sum *.parquet | sha256sum` prints the content hash.

Only the verdicts `article` and `brief` are coverage, and `relevance` 0 is about something else. Count
`copy_kind = 'original'` to count reporting, all to count printing. `ledger.parquet` says for each feed and day whether
a zero is silence or an outage; it, `feeds`, `outlets`, `entities` and `roles` are whole whatever was chosen.
The counts in `stories` are those of the whole warehouse.

## Where a number comes from

`articles.page_id` leads to `pages` (address, time, SHA-256 of the body, file and offset in the WARC archive, run),
`entries` to the feeds that showed it, `polls` to the archived body of the feed, `failures` to what did not work.
`manifest.json` has every column with its meaning, the versions of the rules, the settings and the hashes.

## Files

| file | rows | one row per | left out |
|---|---:|---|---|
{files}

{outside}
## Licence

{licence}
"""


def citation(manifest: Mapping[str, Any]) -> str:
    """How to cite a data set, with the hash that proves it."""
    return (
        f"{manifest['title']}. Data set {manifest['name']!r}, {manifest['totals']['articles']} articles, frozen "
        f"{manifest['created'][:10]} with khabar {manifest['khabar']}. SHA-256 {manifest['content_sha256']}"
    )


def readme(manifest: Mapping[str, Any]) -> str:
    """The README of a data set, in Markdown."""
    where, text = manifest["choice"]["where"], manifest["choice"]["text"]
    said = f"Articles for which `{where}` holds, and what belongs to them." if where else "Nothing was left out."
    said += "" if text else " Without texts: addresses, headlines, hashes and marks only."
    first, last = (day[:10] if day else "?" for day in manifest["published"])
    outside = [
        f"- `{r['file']}.{r['column']}`: {r['outside']:,} rows, to `{r['refers_to']}`"
        for r in manifest["references"]
        if r["outside"]
    ]
    head = "References that lead out of the data set, to what was not chosen or is not configured any more:\n\n"
    return _TEXT.format(
        **{k: v for k, v in manifest.items() if k != "files"},
        choice_said=said,
        span=f"{first} to {last}",
        files="\n".join(
            f"| `{f['file']}` | {f['rows']:,} | {_row_of(f['about'])} | {', '.join(f['left_out'])} |"
            for f in manifest["files"]
        ),
        outside=head + "\n".join(outside) + "\n" if outside else "Every reference between the files resolves.\n",
    )


def _row_of(about: str) -> str:
    """'One row per article: its current version.' as 'article: its current version.'."""
    return about.removeprefix("One row per ").partition(". ")[0].rstrip(".")
