"""The charts of the site. A drawing that an earlier release had is not drawn again."""

from kommunlager.site.charts.charts import Bar, LineChart, Point, bar_chart, line_chart
from kommunlager.site.charts.kept import kept_drawings

__all__ = ["Bar", "LineChart", "Point", "bar_chart", "kept_drawings", "line_chart"]
