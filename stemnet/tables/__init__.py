"""Tables: one reader and one safe writer of CSV and XLSX."""
