package access

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// A token is what a caller shows: "trk_" so that scanners of leaked secrets can
// know it, the key's public id, and a secret of 260 random bits.
//
//	trk_k3v7q2mxw4ab_Q5ZK…
const (
	tokenPrefix  = "trk_"
	idLength     = 12
	secretLength = 52
)

// newToken makes a token of random texts of at least 26 base32 characters each,
// as crypto/rand.Text gives them. An empty id gets a random one.
func newToken(prefix, id string, text func() string) (newID, token string) {
	if id == "" {
		id = strings.ToLower(text()[:idLength])
	}
	return id, prefix + id + "_" + text()[:26] + text()[:26]
}

// idOf reads the id in a token, false when it has not the form of one.
func idOf(prefix, token string) (string, bool) {
	rest, ok := strings.CutPrefix(token, prefix)
	id, secret, _ := strings.Cut(rest, "_")
	ok = ok && len(id) == idLength && isBase32(id, 'a') && len(secret) == secretLength && isBase32(secret, 'A')
	return id, ok
}

// isBase32 reports whether a text has only the digits of base32, with the 26
// letters that begin at the one given.
func isBase32(s string, letters byte) bool {
	for i := range len(s) {
		if c := s[i]; (c < letters || c > letters+25) && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

// digest is what is stored of a token: its HMAC-SHA256 under the server's
// secret, in hexadecimal.
func digest(secret []byte, token string) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(token))
	return hex.EncodeToString(mac.Sum(nil))
}

// same compares digests in a time that tells nothing of where they differ. No
// token has an empty digest.
func same(stored, shown string) bool {
	return stored != "" && hmac.Equal([]byte(stored), []byte(shown))
}
