"""An import report in which something was recorded, held back and refused."""

IMPORT_REPORT = {
    "kind": "import_report",
    "publisher": "Red Cross",
    "list": "04",
    "file_name": "cash.csv",
    "file_sha256": "ab" * 32,
    "rows": 3,
    "recorded": 1,
    "held_back": [
        {
            "row": 1,
            "amount_minor": 100,
            "of_list": "03",
            "of_row": 1,
            "changes": [{"field": "date", "was": "2020-01-27", "now": "2020-01-28"}],
        }
    ],
    "refused": [{"line": 4, "row": 3, "column": "amount", "reason": "There is no amount."}],
    "gaps": ["Dates are not published."],
}
