package site

import "sync"

// recalled marks a work that an earlier run left: its summaries and findings are
// there, its figures are not. They are computed when one of its pages is asked
// for.
type recalled struct {
	mu   sync.Mutex
	work *Work // the same, done by this run; nil until then
}

// computed returns the work with its figures at hand. The error is ErrMoved when
// the files are not those of the work any more: the next update will tell.
func (s *Site) computed(w *Work) (*Work, error) {
	r := w.recalled
	if r == nil {
		return w, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.work == nil {
		done := s.Work(w.Family)
		if done.Digest() != w.Digest() {
			return nil, ErrMoved
		}
		r.work = done
	}
	return r.work, nil
}

// settle goes on with the work that a page asked for in place of what was
// recalled.
func (st *state) settle() {
	r := st.now.recalled
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.work == nil {
		return
	}
	if st.shown.work == st.now {
		st.shown.work = r.work
	}
	st.now = r.work
}
