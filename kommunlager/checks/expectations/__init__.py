"""What must hold of schema ``raw`` before the build and of the marts before they are published (Great Expectations)."""
