// Reads a Parquet file with DuckDB and writes its columns with their types and its rows as
// texts: node read.js rows.parquet > parquet.json
const { DuckDBInstance } = require("@duckdb/node-api");

async function main(path) {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run("SET TimeZone = 'UTC'");
  const from = `read_parquet('${path.replaceAll("'", "''")}')`;
  const columns = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`)).getRows().map((row) => [row[0], row[1]]);
  const rows = (await connection.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM ${from}`)).getRows();
  process.stdout.write(JSON.stringify({ columns, rows }));
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});
