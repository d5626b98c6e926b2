package claim

import (
	"testing"

	"mingzhang/cmd/mingzhang/internal/diag"
)

// tells holds what a text of 2024 is told of under a code: the writings found,
// one behind the other, or nothing.
func tells(t *testing.T, text string, code *diag.Code, want string) {
	t.Helper()
	got := ""
	for _, f := range Read(text, Options{File: "x.md", Year: 2024, Markdown: true}).Findings {
		if f.Code == code {
			got += f.Value
		}
	}
	if got != want {
		t.Errorf("%s\n tells %q, want %q", text, got, want)
	}
}

func TestPercentagePointsFollowFromTheirRates(t *testing.T) {
	for text, want := range map[string]string{
		"预算执行率98.2%，比上年的95.0%提高3.2个百分点。":            "",
		"预算执行率98.2%，比上年的95.0%提高2.3个百分点。":            "2.3个百分点",
		"预算执行率98.24%，较上年95.01%提高3.2个百分点。":           "",
		"满意率由92.5%提高到96.0%，提高3.5个百分点。":              "",
		"满意率由92.5%提高到96.0%，提高4.5个百分点。":              "4.5个百分点",
		"预算执行率91.7%，比上年的95.0%下降3.3个百分点。":            "",
		"甲项目执行率98.2%，乙项目执行率95.0%，比上年提高1.1个百分点。":     "",
		"预算执行率98.2%，比上年提高3.2个百分点。":                  "",
		"按时办结率99.8%，比目标95%高4.8个百分点。":                "",
		"基本支出占比60%，项目支出占比40%，项目支出占比较上年提高2个百分点。":     "",
		"预算执行率98.2%，比上年的约95%提高3.2个百分点。":             "",
		"预算执行率98%，比上年的95%提高3.4个百分点。":                "",
		"预算执行率98.2%，比上年的95.0%提高3.2个百分点，增长3.4%。":     "",
		"采购执行率97.9%，预算执行率由95.0%提高到98.2%，提高3.2个百分点。": "",
	} {
		tells(t, text, Impossible, want)
	}
}
