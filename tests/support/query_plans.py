"""DuckDB's plan of a query: the joins that compare every row with every other, and whether they grow with reports."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import duckdb

_NESTED_LOOPS = ("NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN", "CROSS_PRODUCT")
_SAME_ROWS = ("PROJECTION", "FILTER", "ORDER_BY")
_ONE_ROW = ("UNGROUPED_AGGREGATE", "EMPTY_RESULT")
# One row each, whatever is loaded.
_TABLES_OF_ONE_ROW = ("raw.marts_built", "raw.published_release")


@dataclass
class QueryPlan:
    """The operators of a query, with what each of its CTEs is."""

    roots: list[dict[str, Any]]
    ctes: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, query: str) -> "QueryPlan":
        explained = connection.execute(f"explain (format json) {query}").fetchall()
        plan = cls(json.loads(explained[0][1]))
        for node in plan._nodes():
            if node["name"] == "CTE":
                plan.ctes[node["extra_info"]["Table Index"]] = node["children"][0]
        return plan

    def growing_loops(self) -> list[str]:
        """The nested loops between anything but a seed, or one row, and seeds or distinct texts."""
        return [
            f"{node['name']} {node['extra_info'].get('Condition', node['extra_info'].get('Conditions', ''))}".strip()
            for node in self._nodes()
            if node["name"] in _NESTED_LOOPS and not self._is_bounded(*node["children"])
        ]

    def _is_bounded(self, left: dict[str, Any], right: dict[str, Any]) -> bool:
        if self._is_one_row(left) or self._is_one_row(right):
            return True
        return any(
            not self._grows(one) and (not self._grows(other) or self._is_distinct(other))
            for one, other in ((left, right), (right, left))
        )

    def _grows(self, node: dict[str, Any]) -> bool:
        """Whether it has more rows with more reports."""
        node = self._result(node)
        if self._is_one_row(node):
            return False
        if node["children"]:
            return any(self._grows(child) for child in node["children"])
        return node["name"] == "DELIM_SCAN" or ("Table" in node["extra_info"] and ".seeds." not in self._table(node))

    def _is_distinct(self, node: dict[str, Any]) -> bool:
        node = self._result(node)
        if node["name"] in _SAME_ROWS:
            return self._is_distinct(node["children"][0])
        return bool(node["name"] == "HASH_GROUP_BY")

    def _is_one_row(self, node: dict[str, Any]) -> bool:
        node = self._result(node)
        if node["name"] in (*_SAME_ROWS, "CROSS_PRODUCT"):
            return all(self._is_one_row(child) for child in node["children"])
        is_whole = node["name"] == "HASH_GROUP_BY" and not node["extra_info"].get("Groups")
        return is_whole or node["name"] in _ONE_ROW or self._table(node).endswith(_TABLES_OF_ONE_ROW)

    def _result(self, node: dict[str, Any]) -> dict[str, Any]:
        """What a scan of a CTE reads; of a query with a CTE, the query."""
        if node["name"] == "CTE_SCAN":
            return self._result(self.ctes[node["extra_info"]["CTE Index"]])
        return self._result(node["children"][1]) if node["name"] == "CTE" else node

    @staticmethod
    def _table(node: dict[str, Any]) -> str:
        return str(node["extra_info"].get("Table", ""))

    def _nodes(self) -> Iterator[dict[str, Any]]:
        """Every operator, the outer ones first."""
        waiting = list(self.roots)
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node["children"]
