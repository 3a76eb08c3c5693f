package loopback_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/loopback"
)

func ask(ctx context.Context, t *testing.T, handler http.HandlerFunc, body string) (*http.Response, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://tracker.example/a?b=c", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.RemoteAddr = "192.0.2.1:1"
	return (&http.Client{Transport: loopback.Transport{Handler: handler}}).Do(r)
}

func TestAHandlerIsAskedAsOverTheNetwork(t *testing.T) {
	answer, err := ask(t.Context(), t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Seen", strings.Join([]string{r.Method, r.Host, r.RequestURI, r.RemoteAddr, string(body)}, " "))
		w.WriteHeader(http.StatusTeapot)
		w.Header().Set("X-Late", "not sent")
		_, _ = io.WriteString(w, "tea")
	}, "leaves")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || string(body) != "tea" || answer.StatusCode != http.StatusTeapot {
		t.Errorf("%s %q %v", answer.Status, body, err)
	}
	if got := answer.Header.Get("X-Seen"); got != "POST tracker.example /a?b=c 192.0.2.1:1 leaves" {
		t.Errorf("the handler saw %q", got)
	}
	if answer.Header.Get("X-Late") != "" {
		t.Error("a header that was set after the answer began was sent")
	}
}

func TestAnAnswerOfNothingIsAnAnswer(t *testing.T) {
	answer, err := ask(t.Context(), t, func(http.ResponseWriter, *http.Request) {}, "")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err := io.ReadAll(answer.Body); err != nil || len(body) > 0 || answer.StatusCode != http.StatusOK {
		t.Errorf("%s %q %v", answer.Status, body, err)
	}
}

func TestAnAnswerThatIsBrokenOffIsNotTakenForWhole(t *testing.T) {
	t.Run("in its middle", func(t *testing.T) {
		answer, err := ask(t.Context(), t, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "half")
			panic(http.ErrAbortHandler)
		}, "")
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		if body, err := io.ReadAll(answer.Body); !errors.Is(err, loopback.ErrBrokenOff) || string(body) != "half" {
			t.Errorf("%q %v", body, err)
		}
	})
	t.Run("before it began", func(t *testing.T) {
		answer, err := ask(t.Context(), t, func(http.ResponseWriter, *http.Request) { panic("lost") }, "")
		if err == nil {
			answer.Body.Close()
		}
		if !errors.Is(err, loopback.ErrBrokenOff) || !strings.Contains(err.Error(), "lost") {
			t.Errorf("%v", err)
		}
	})
}

func TestAHandlerLearnsThatNobodyReadsOn(t *testing.T) {
	told := make(chan error, 1)
	answer, err := ask(t.Context(), t, func(w http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := w.Write(make([]byte, 1024)); err != nil {
				told <- err
				return
			}
		}
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-told; err == nil {
		t.Error("the handler was told nothing")
	}
}

func TestWhoGivesUpDoesNotWaitForTheHandler(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan struct{})
	defer close(release)
	answer, err := ask(ctx, t, func(http.ResponseWriter, *http.Request) {
		cancel()
		<-release
	}, "")
	if err == nil {
		answer.Body.Close()
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
