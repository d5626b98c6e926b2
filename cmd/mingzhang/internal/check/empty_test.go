package check

import (
	"testing"

	"mingzhang/cmd/mingzhang/internal/statement"
)

// What staff write under an empty table says that it is; what the form prints there
// does not.
func TestNotesUnderEmptyTables(t *testing.T) {
	for note, told := range map[string]bool{
		"说明：此表无数据。": true,
		"注：本表无数据":   true,
		"注：本单位2025年没有政府性基金预算支出，因此本表为空。": true,
		"说明：本部门2024年无国有资本经营预算财政拨款支出。":   true,
		"本单位不涉及政府性基金预算。":                true,
		"注：本表为空表": true,
		"注：本表反映部门本年度政府性基金预算财政拨款收入支出及结转结余情况。": false,
		"没有收入支出的，仍保留该表格式，并在本表下方作下述说明：":       false,
		"如无支出，请删去本行":         false,
		"注：金额单位转换时可能存在尾数误差。": false,
		"填表人：王五":             false,
	} {
		if got := emptyNote(&statement.Statement{Notes: []string{note}}) != ""; got != told {
			t.Errorf("%s: told %v", note, got)
		}
	}
}
