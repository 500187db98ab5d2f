"""Tables: one reader of CSV and XLSX, one safe writer for people and one exact writer for programs."""
