"""Made-up reports of made-up municipalities, printed in every kind of file that the reader takes, with the truth."""
