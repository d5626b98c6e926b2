package preview

import (
	"container/list"
	"html/template"
	"io"
	"strconv"
	"sync"
)

// made is a file that was made.
type made struct {
	data   []byte
	digest string
}

// memo keeps files that were made, those asked for last, up to a number of
// bytes.
type memo struct {
	limit int

	mu    sync.Mutex
	size  int
	order list.List // of *kept, the one asked for last in front
	files map[string]*list.Element
}

type kept struct {
	name    string
	version any
	made
}

// get returns a file of a view.
func (m *memo) get(v View, name string) (made, error) {
	version := v.Version(name)
	m.mu.Lock()
	if e := m.files[name]; e != nil {
		if k := e.Value.(*kept); k.version == version {
			m.order.MoveToFront(e)
			m.mu.Unlock()
			return k.made, nil
		}
	}
	m.mu.Unlock()
	data, err := v.Make(name)
	if err != nil {
		return made{}, err
	}
	k := &kept{name, version, made{data, digestOf(data)}}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		m.files = map[string]*list.Element{}
	}
	m.drop(m.files[name])
	m.files[name] = m.order.PushFront(k)
	m.size += len(data)
	for m.size > m.limit && m.order.Len() > 1 {
		m.drop(m.order.Back())
	}
	return k.made, nil
}

func (m *memo) drop(e *list.Element) {
	if e == nil {
		return
	}
	k := e.Value.(*kept)
	m.order.Remove(e)
	m.size -= len(k.data)
	delete(m.files, k.name)
}

func escape(w io.Writer, s string) { template.HTMLEscape(w, []byte(s)) }

func itoa(n int) string { return strconv.Itoa(n) }
