"""The same job as an analyst would do it with pandas: ``python -m benchmarks.kolada_scale.with_pandas WORK``.

Read all landed pages, pair each figure with the year before, and rank each municipality among all. No history, no
reasons, no groups, no descriptions; the three frames are written as Parquet.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from benchmarks.kolada_scale.installation import Installation
from ingest.kolada.landing import Landing

_WHO = ["kpi", "municipality", "year", "gender"]
_ONE_QUESTION = ["kpi", "year", "gender"]


def figures(landing: Landing) -> Iterator[tuple[str, str, int, str, float]]:
    for entry in landing.entries:
        if entry.kind == "data" and entry.from_date is None:
            for page in landing.pages(entry):
                for row in page["values"]:
                    for figure in row["values"]:
                        if figure["value"] is not None:
                            yield row["kpi"], row["municipality"], row["period"], figure["gender"], figure["value"]


def changes(frame: pd.DataFrame) -> pd.DataFrame:
    before = frame.assign(year=frame["year"] + 1).rename(columns={"value": "previous_value"})
    paired = frame.merge(before, on=_WHO)
    paired["change"] = paired["value"] - paired["previous_value"]
    paired["growth_pct"] = 100 * (paired["value"].abs() / paired["previous_value"].abs() - 1)
    return paired


def comparisons(frame: pd.DataFrame) -> pd.DataFrame:
    is_municipality = ~frame["municipality"].str.startswith(("00", "G"))
    municipal = frame[is_municipality].copy()
    of_question = municipal.groupby(_ONE_QUESTION)["value"]
    municipal["rank"] = of_question.rank(method="min")
    municipal["answered"] = of_question.transform("count")
    quartiles = of_question.quantile([0.25, 0.5, 0.75]).unstack()
    municipal = municipal.merge(quartiles, left_on=_ONE_QUESTION, right_index=True)
    municipal["county"] = municipal["municipality"].str[:2]
    municipal["county_median"] = municipal.groupby([*_ONE_QUESTION, "county"])["value"].transform("median")
    nation = frame[frame["municipality"] == "0000"].drop(columns="municipality")
    return municipal.merge(nation, on=_ONE_QUESTION, how="left", suffixes=("", "_nation"))


def main(work: Path) -> None:
    frame = pd.DataFrame(figures(Landing(Installation(work).landed)), columns=[*_WHO, "value"])
    for name, result in {"figures": frame, "changes": changes(frame), "comparisons": comparisons(frame)}.items():
        result.rename(columns=str).to_parquet(work / f"pandas_{name}.parquet")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
