"""An economic case as a workbook of live formulas, in which a finance officer can follow every step."""
