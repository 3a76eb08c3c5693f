package main

import "testing"

func TestMeasurementsImportTakesWhatIsMissingOrProvisional(t *testing.T) {
	database := withFirms(t)
	file := written(t, "m.csv", "指标代码,报告期,实绩,缺失标记,初步数,备注\n"+
		firms+",2024-03,12,,是,\n"+firms+",2024-04,,暂缺,,系统检修\n"+firms+",2024-05,,暂缺,,\n"+firms+",2024-06,,缺,,x\n")
	_, out, _ := attempt(t, "measurements", "import", "--quiet", "--database", database, file)
	says(t, out, "第3行 "+firms+" 请核对 / check it: figure_missing", "第4行 "+firms+" required_field /note", "第5行 "+firms+" invalid_value /missing",
		"4 rows: 2 stored, 0 revised, 0 unchanged, 0 superseded, 2 refused")
	_, out, _ = attempt(t, "measurements", "import", "--quiet", "--database", database, file)
	says(t, out, "4 rows: 0 stored, 2 revised, 0 unchanged, 0 superseded, 2 refused")
	_, out, _ = attempt(t, "verify", "--database", database)
	says(t, out, "4 measurements")
}
