package delivery

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/indicator-tracker/tracker/internal/loop"
)

const secretPrefix = "whsec_"

// NewSecret makes a secret of a webhook: whsec_ and 32 random bytes in base64.
func NewSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	return secretPrefix + base64.StdEncoding.EncodeToString(b[:])
}

// Sign is the signature of a message after Standard Webhooks: v1, and the HMAC-SHA256 over its
// id, its moment in seconds and its body. It is empty for a secret that cannot be read.
func Sign(secret, id string, at time.Time, body []byte) string {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	if err != nil || len(key) == 0 {
		return ""
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// signatures are those by all secrets that are good at a moment, the newest first.
func signatures(w loop.Webhook, id string, at time.Time, body []byte) string {
	all := Sign(w.Secret, id, at, body)
	if w.Previous != "" && at.Before(w.PreviousUntil) {
		all += " " + Sign(w.Previous, id, at, body)
	}
	return all
}
