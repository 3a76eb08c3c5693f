package delivery

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/loop"
)

// mostAnswered is how much of an answer is read.
const mostAnswered = 16 << 10

// attempt is what became of one attempt.
type attempt struct {
	status  int
	header  http.Header
	failure string // empty where it arrived
}

// send posts a delivery, signed as of a moment.
func send(ctx context.Context, client Doer, w loop.Webhook, d loop.Delivery, at time.Time) attempt {
	address, body := robotSigned(w, w.URL, d.Body, at)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		return attempt{failure: "the address cannot be read"}
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("User-Agent", "tracker-webhook")
	r.Header.Set("Webhook-Id", d.Event)
	r.Header.Set("Webhook-Timestamp", strconv.FormatInt(at.Unix(), 10))
	r.Header.Set("Webhook-Signature", signatures(w, d.Event, at, []byte(body)))
	resp, err := client.Do(r)
	if err != nil {
		var failed *url.Error // whose text has the address, which may hold a robot's token
		if errors.As(err, &failed) {
			err = failed.Err
		}
		return attempt{failure: cut(err.Error())}
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, mostAnswered))
	a := attempt{status: resp.StatusCode, header: resp.Header}
	switch {
	case resp.StatusCode < 200 || resp.StatusCode > 299:
		a.failure = fmt.Sprintf("the receiver answered %d", resp.StatusCode)
	case err != nil:
		a.failure = cut(err.Error())
	default:
		if refusal := robotRefusal(w.Format, answer); refusal != "" {
			a.failure = cut("the robot refused: " + refusal)
		}
	}
	return a
}

// cut keeps a text of others short, and valid.
func cut(text string) string {
	const most = 300
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "�")
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "…"
	}
	return text
}
