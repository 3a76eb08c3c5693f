package board

import (
	"context"
	"crypto/sha256"
	"net/http"
	"strings"
	"sync"
)

// mostSent is how many forms are remembered that were sent; the oldest are forgotten.
const mostSent = 10_000

// sentForm is what tells a form that was sent twice: its sender, its page and all that it says.
type sentForm [sha256.Size]byte

// sentForms remember where forms led that were carried out, so that a second press of a button
// leads there, too, and does nothing else. They are those of one process.
type sentForms struct {
	mu    sync.Mutex
	known map[sentForm]*outcome
	order []sentForm // of those carried out, the oldest first
}

// outcome is what became of a form.
type outcome struct {
	ended    chan struct{} // closed once the rest is settled
	location string        // empty for one that was refused
}

// begin gives the outcome of a form; first says that it is the caller's to bring about and end.
func (s *sentForms) begin(form sentForm) (o *outcome, first bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o, known := s.known[form]; known {
		return o, false
	}
	o = &outcome{ended: make(chan struct{})}
	s.known[form] = o
	return o, true
}

// end settles an outcome. A form that was refused may be sent again as it is.
func (s *sentForms) end(form sentForm, o *outcome, location string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o.location = location
	close(o.ended)
	if location == "" {
		delete(s.known, form)
		return
	}
	s.order = append(s.order, form)
	if len(s.order) > mostSent {
		delete(s.known, s.order[0])
		s.order = s.order[1:]
	}
}

// once carries out what a form asks for once, however often the form is sent as it is. Whoever sends
// it again may have broken off the first request, which is brought to its end all the same.
func once(act func(*visit) error) func(*visit) error {
	return func(v *visit) error {
		if err := v.form(); err != nil {
			return err
		}
		if v.posted("once") == "" {
			return act(v)
		}
		form := sentForm(sha256.Sum256([]byte(v.token + "\n" + v.r.URL.EscapedPath() + "\n" + v.r.PostForm.Encode())))
		for {
			o, first := v.board.sent.begin(form)
			if first {
				return v.bringAbout(act, form, o)
			}
			select {
			case <-o.ended:
			case <-v.r.Context().Done():
				return v.r.Context().Err()
			}
			if o.location != "" {
				http.Redirect(v.w, v.r, o.location, http.StatusSeeOther)
				return nil
			}
		}
	}
}

func (v *visit) bringAbout(act func(*visit) error, form sentForm, o *outcome) error {
	location := ""
	defer func() { v.board.sent.end(form, o, location) }()
	v.r = v.r.WithContext(context.WithoutCancel(v.r.Context()))
	err := act(v)
	if err == nil {
		location = v.w.Header().Get("Location")
	}
	return err
}

// eachOnce has what the forms of pages ask for done once.
func eachOnce(pages map[string]func(*visit) error) map[string]func(*visit) error {
	all := make(map[string]func(*visit) error, len(pages))
	for pattern, show := range pages {
		if strings.HasPrefix(pattern, http.MethodPost+" ") {
			show = once(show)
		}
		all[pattern] = show
	}
	return all
}
