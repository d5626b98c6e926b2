package statement

import (
	"strings"
	"sync"

	"mingzhang/cmd/mingzhang/internal/figure"
	"mingzhang/cmd/mingzhang/internal/formula"
	"mingzhang/cmd/mingzhang/internal/lang"
)

// memo keeps what was made of a key. The same few hundred rows stand in the
// tables of all bodies and years, and putting their words together costs as much
// as their numbers.
type memo[K comparable, V any] struct {
	mu   sync.RWMutex
	made map[K]V
}

// most bounds a memo: names come from files, and a preview runs for days.
const most = 1000

func (m *memo[K, V]) get(key K, from func() V) V {
	m.mu.RLock()
	v, ok := m.made[key]
	m.mu.RUnlock()
	if ok {
		return v
	}
	v = from()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.made == nil {
		m.made = map[K]V{}
	}
	if len(m.made) < most {
		m.made[key] = v
	}
	return v
}

// rowName is all that the words of a row depend on.
type rowName struct{ kind, side, key, code, name string }

// cellWords are the words of a cell that was made from lines.
type cellWords struct {
	id     string
	label  lang.Text
	source string // its formula, filled in
	stage  figure.Stage
	change changeWords // of the column that stands for the row
}

// changeWords are the words of a figure's change against last year.
type changeWords struct {
	id     string
	label  lang.Text
	source string
}

// wordsOf puts the words of a row's cells together, by column.
func (f *Form) wordsOf(r *Row, kind, code string, exprs []*formula.Expr) []cellWords {
	return f.said.get(rowName{kind, r.Side, r.Key, code, r.Name}, func() []cellWords {
		out, main := make([]cellWords, len(f.Columns)), f.mainIndex()
		for i := range f.Columns {
			c := &f.Columns[i]
			if exprs[i] == nil {
				continue
			}
			out[i] = cellWords{
				id:     f.ID + "/" + rowID(r) + "/" + c.ID,
				label:  lang.Text{ZH: r.Name + f.tails[i].ZH, EN: r.Name + f.tails[i].EN},
				source: strings.ReplaceAll(exprs[i].Source, "{row}", code),
				stage:  figure.Stage(f.StageOf(c.ID)),
			}
			if i == main {
				out[i].change = wordsOfChange(out[i].id, out[i].label)
			}
		}
		return out
	})
}

// wordsOfChange puts the words of a figure's change together.
func wordsOfChange(id string, label lang.Text) changeWords {
	return changeWords{
		id:     id + "-change",
		label:  lang.Text{ZH: label.ZH + "比上年增减", EN: label.EN + ", change on last year"},
		source: strings.ReplaceAll(changeOf.Source, "{row}", id),
	}
}

// wordsOfChange are those of the change of a row's figure.
func (st *Statement) wordsOfChange(row int, of *figure.Figure) changeWords {
	if st.Derived {
		if c := st.words[row][st.Form.mainIndex()].change; c.id != "" {
			return c
		}
	}
	return wordsOfChange(of.ID, of.Label)
}
