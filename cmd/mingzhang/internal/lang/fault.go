package lang

import "errors"

// Fault is an error that can be told to people in either language.
type Fault struct{ Text Text }

// Error tells the fault to programmers.
func (f *Fault) Error() string { return f.Text.EN }

// Errorf makes an error of a text; it takes what Sprintf takes.
func Errorf(t Text, args ...any) error { return &Fault{Sprintf(t, args...)} }

// Explain returns what an error says in both languages. An error of somebody
// else's says the same in both.
func Explain(err error) Text {
	var f *Fault
	if errors.As(err, &f) {
		return f.Text
	}
	return Same(err.Error())
}

// Within puts what an error is about before it.
func Within(about string, err error) error {
	t := Explain(err)
	return &Fault{Text{ZH: about + "：" + t.ZH, EN: about + ": " + t.EN}}
}
