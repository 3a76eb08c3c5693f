// Package tabular writes rows as tables: JSON rows (NDJSON), CSV, workbooks, Parquet and
// SDMX-CSV 2.0. What the columns of a row are is read off its type once, so that a row is
// declared in one place; every format then says the same of it. Rows are written as they
// come and none is kept: the memory of a table does not grow with its rows.
//
// Numbers pass as their digits, never through a float.
package tabular
