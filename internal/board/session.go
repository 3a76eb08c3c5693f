package board

import (
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
)

var sessionPages = map[string]func(*visit) error{
	"GET /board/sign-in":   showSignIn,
	"POST /board/sign-in":  signIn,
	"POST /board/sign-out": signOut,
}

// mostForm is how long what a form without files sends may be, in bytes.
const mostForm = 256 << 10

// signingIn is the view of the page that asks for a key.
type signingIn struct {
	// Next is the page to go to.
	Next    string
	Problem string
}

func showSignIn(v *visit) error {
	v.board.write(v, http.StatusOK, "sign-in", v.T("登录", "Sign in"), signingIn{Next: ownPage(v.r.URL.Query().Get("next"))})
	return nil
}

// toSignIn asks a reader without a key for one, and comes back to the page.
func (v *visit) toSignIn() {
	next := "/board/"
	if v.r.Method == http.MethodGet {
		next = v.r.URL.RequestURI()
	}
	http.Redirect(v.w, v.r, "/board/sign-in?"+url.Values{"next": {next}}.Encode(), http.StatusSeeOther)
}

// signIn begins a session of the key that was typed or pasted. The key is shown to the service
// like any other before, so that guesses count against the address that they come from.
func signIn(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	next := ownPage(v.r.PostForm.Get("next"))
	before := v.token
	v.token = pastedKey(v.r.PostForm.Get("key"))
	err := v.get(&v.Me, nil, "me")
	var session string
	if err == nil && v.token == "" {
		err = problemOf(http.StatusUnauthorized, fault.Unauthorized, fault.Text{ZH: "请输入密钥", EN: "give a key"})
	}
	if err == nil {
		_, session, err = v.board.Sessions.BeginSession(v.r.Context(), v.token)
	}
	v.token = ""
	var own pageProblem
	if isProblem(err, http.StatusUnauthorized) || fault.Is(err, fault.Unauthorized) || errors.As(err, &own) {
		v.board.write(v, http.StatusUnauthorized, "sign-in", v.T("登录", "Sign in"), signingIn{Next: next, Problem: v.T("密钥无效、已过期或已吊销", "the key is not known, has expired or was revoked")})
		return nil
	}
	if err != nil {
		return err
	}
	if before != "" {
		if err := v.board.Sessions.EndSession(v.r.Context(), before); err != nil {
			return err
		}
	}
	v.setCookie(sessionCookie, session, int(access.SessionLength.Seconds()))
	http.Redirect(v.w, v.r, next, http.StatusSeeOther)
	return nil
}

func signOut(v *visit) error {
	if v.token != "" {
		if err := v.board.Sessions.EndSession(v.r.Context(), v.token); err != nil {
			return err
		}
	}
	v.setCookie(sessionCookie, "", -1)
	http.Redirect(v.w, v.r, "/board/", http.StatusSeeOther)
	return nil
}

// pastedKey is a key as people paste it: with blanks around it, or with the word of the header.
func pastedKey(text string) string {
	text = strings.TrimSpace(text)
	if scheme, rest, found := strings.Cut(text, " "); found && strings.EqualFold(strings.TrimSuffix(scheme, ":"), "Bearer") {
		text = strings.TrimSpace(rest)
	}
	return text
}

// ownPage is the address of a page of the board, or the first one for any other.
func ownPage(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(path.Clean(u.Path)+"/", "/board/") || strings.ContainsAny(address, "\\\r\n") {
		return "/board/"
	}
	own := url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery}
	return own.String()
}
