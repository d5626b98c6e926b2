package check

import "mingzhang/cmd/mingzhang/internal/lang"

// Result says what came out of a rule.
type Result string

// The results. NotChecked always says why: what was not looked at is never
// counted as right.
const (
	Passed        Result = "passed"
	WithoutPower  Result = "passed-without-power" // the digits are too coarse to tell
	Failed        Result = "failed"
	Waived        Result = "waived"
	NotApplicable Result = "not-applicable"
	NotChecked    Result = "not-checked"
)

// Name returns the result as people read it.
func (r Result) Name() lang.Text {
	switch r {
	case Passed:
		return lang.Text{ZH: "通过", EN: "passed"}
	case WithoutPower:
		return lang.Text{ZH: "通过，但位数太粗，分辨不出差错", EN: "passed, but the digits are too coarse to tell"}
	case Failed:
		return lang.Text{ZH: "不通过", EN: "failed"}
	case Waived:
		return lang.Text{ZH: "已认可", EN: "waived"}
	case NotApplicable:
		return lang.Text{ZH: "不适用", EN: "not applicable"}
	}
	return lang.Text{ZH: "未检查", EN: "not checked"}
}
