// Makes workbooks with the exceljs library, and beside them what each row shows.
//
//   node make.js DIR COUNT
//
// DIR/N.xlsx are the workbooks and DIR/manifest.json says of each the rows that hold
// an indicator or a value: sheet and line, and either the value and unit that the row
// shows, or the cell that must be named when it is refused. A row whose formula has no
// result says what it shows once a spreadsheet has computed it.
const { writeFileSync } = require('node:fs')
const path = require('node:path')
const ExcelJS = require('exceljs')

const [dir, count] = [process.argv[2], Number(process.argv[3])]

// A generator with a seed, so that every run makes the same workbooks.
let state = 20230915
const random = (n) => {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0
  return Math.floor((state / 2 ** 32) * n)
}
const pick = (list) => list[random(list.length)]

// decimals are numbers as texts, which a number of the same digits stands for.
const decimal = () => {
  const whole = String(1 + random(99999))
  return random(2) ? whole : `${whole}.${1 + random(9)}`
}
const grouped = (text) => text.replace(/\B(?=(\d{3})+(?!\d))/, ',')
const wide = (text) => [...text].map((c) => (c === '.' ? '．' : String.fromCodePoint(c.codePointAt(0) + 0xfee0))).join('')
const share = () => `${1 + random(99)}${random(2) ? `.${1 + random(9)}` : ''}`

// Each form gives the cell of a value and what it shows; refused names no value.
const COUNT = 'donghe-2023-1-2'
const SHARE = 'donghe-2023-2-2'
const forms = [
  () => { const d = decimal(); return { value: Number(d), shows: d } },
  () => { const d = decimal(); return { value: Number(d), format: '#,##0.00', shows: d } },
  () => { const d = decimal(); return { value: Number(d), format: '0.0_);[Red]\\(0.0\\)', shows: d } },
  () => { const d = decimal(); return { value: Number(d), format: '0', shows: d } },
  () => { const d = decimal(); return { value: Number(d), format: '@', shows: d } },
  () => { const d = decimal(); return { value: Number(d), format: '0.0"个"', unit: '个', shows: d } },
  () => { const d = decimal(); return { value: d, shows: d } },
  () => { const d = String(1000 + random(90000)); return { value: grouped(d), shows: d } },
  () => { const d = decimal(); return { value: `　${wide(d)} `, shows: d } },
  () => { const d = decimal(); return { value: { richText: [{ text: d.slice(0, 1) }, { font: { bold: true }, text: d.slice(1) }] }, shows: d } },
  () => { const n = 1 + random(9); return { value: n + 0.1 + 0.2, shows: `${n}.3` } },
  () => { const n = 1 + random(9); return { value: 0.1 * 3 + n, shows: `${n}.3` } },
  () => { const s = share(); return { code: SHARE, value: Number(s) / 100, format: '0.00%', unit: '', shows: s, shownUnit: '%' } },
  () => { const s = share(); return { code: SHARE, value: Number(s) / 100, format: '0%', unit: '%', shows: s, shownUnit: '%' } },
  () => { const s = share(); return { code: SHARE, value: `${s}％`, unit: '', shows: s, shownUnit: '%' } },
  () => { const n = 1 + random(999); return { value: { formula: `${n}*2`, result: n * 2 }, shows: String(n * 2) } },
  () => { const n = 1 + random(999); return { value: { formula: `${n}/2`, result: n / 2 }, shows: String(n / 2) } },
  () => { const n = 1 + random(999); return { value: { formula: `${n}+1` }, refused: true, computed: String(n + 1) } },
  () => ({ value: { formula: '1/0', result: { error: '#DIV/0!' } }, refused: true }),
  () => ({ value: { error: '#N/A' }, refused: true }),
  () => ({ value: random(2) === 0, refused: true }),
  () => ({ value: new Date(Date.UTC(2023, random(12), 1 + random(28))), format: pick(['yyyy-mm-dd', 'mmm-yy', 'yyyy"年"m"月"d"日"']), refused: true }),
  () => ({ value: Number(decimal()) * 10000, format: pick(['0!.0,"万"', '0\\.0,', '#,##0,', '0.00,,']), refused: true }),
  () => ({ value: 0.5, format: '0%', unit: '个', refused: true }),
  () => ({ value: Number(decimal()), format: ';;;', refused: true }),
  () => ({ value: Number(decimal()), format: '0"万个"', unit: '个', refused: true }),
  () => ({ value: pick(['约5', '5万', '1,23', '12.3.4', '—', '1.2E+05']), refused: true }),
]

const HEADINGS = [['指标代码', '报告期', '实绩', '计量单位', '备注'], ['indicator', 'period', 'value', 'unit', 'note']]
const months = () => Array.from({ length: 9 }, (_, i) => `2023-0${i + 1}`)

// fill writes a table with a title, blank lines and merged cells, and gives its rows.
function fill(sheet, free) {
  const rows = []
  let line = 1
  if (random(2)) {
    sheet.getCell('A1').value = '市工信局实绩填报表'
    sheet.mergeCells('A1:E1')
    line = 2 + random(3)
  }
  sheet.getRow(line).values = pick(HEADINGS)
  const head = line
  for (let n = 2 + random(4); n > 0; n--) {
    line += 1 + (random(4) === 0 ? random(5) : 0)
    const form = pick(forms)()
    const code = form.code ?? COUNT
    const period = free[code].shift()
    if (!period) break
    const row = sheet.getRow(line)
    row.getCell(1).value = code
    row.getCell(2).value = period
    const cell = row.getCell(3)
    cell.value = form.value
    if (form.format) cell.numFmt = form.format
    row.getCell(4).value = form.unit ?? '个'
    if (code === SHARE && form.unit === undefined) row.getCell(4).value = '%'
    if (random(3) === 0) row.hidden = true
    rows.push({
      sheet: sheet.name, line, indicator: code, cell: `C${line}`,
      shows: form.shows ?? '', unit: form.shownUnit ?? '个', refused: Boolean(form.refused), computed: form.computed ?? '',
    })
  }
  if (random(3) === 0 && free[COUNT].length > 1) {
    // One indicator merged over two rows: only the upper one names it.
    const upper = line + 2
    for (const at of [upper, upper + 1]) {
      sheet.getCell(`B${at}`).value = free[COUNT].shift()
      sheet.getCell(`C${at}`).value = 7
      sheet.getCell(`D${at}`).value = '个'
    }
    sheet.getCell(`A${upper}`).value = COUNT
    sheet.mergeCells(`A${upper}:A${upper + 1}`)
    rows.push({ sheet: sheet.name, line: upper, indicator: COUNT, cell: '', shows: '7', unit: '个', refused: false, computed: '' })
    rows.push({ sheet: sheet.name, line: upper + 1, indicator: '', cell: '', shows: '', unit: '', refused: true, computed: '' })
  }
  if (head > 1) sheet.views = [{ state: 'frozen', ySplit: head }]
  return rows
}

async function main() {
  const manifest = []
  for (let n = 0; n < count; n++) {
    const book = new ExcelJS.Workbook()
    const free = { [COUNT]: months(), [SHARE]: months() }
    const entry = { file: `${n}.xlsx`, rows: [], unread: [] }
    if (random(2)) {
      const hidden = book.addWorksheet('底稿', { state: pick(['hidden', 'veryHidden']) })
      hidden.addRow(HEADINGS[0])
      hidden.addRow([COUNT, '2023-10', 666, '个'])
      entry.unread.push('底稿')
    }
    for (const name of ['实绩', '二季度', '补报'].slice(0, 1 + random(3))) entry.rows.push(...fill(book.addWorksheet(name), free))
    if (random(2)) {
      book.addWorksheet('填写说明').addRow(['请逐行填写'])
      entry.unread.push('填写说明')
    }
    book.views = [{ activeTab: entry.unread.includes('底稿') ? 1 : 0 }]
    await book.xlsx.writeFile(path.join(dir, entry.file), { useSharedStrings: random(2) === 0 })
    manifest.push(entry)
  }
  writeFileSync(path.join(dir, 'manifest.json'), JSON.stringify(manifest))
}

main()
