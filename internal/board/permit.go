package board

import (
	"net/http"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/fault"
)

// need refuses a reader whose role does not permit what the page is for; one without a key is
// asked for it. The service's routes refuse by themselves, too.
func (v *visit) need(permission string) error {
	switch {
	case v.May(permission):
		return nil
	case !v.SignedIn():
		return problem{Problem: v1.Problem{Status: http.StatusUnauthorized}}
	}
	return problemOf(http.StatusForbidden, fault.Forbidden, fault.Text{
		ZH: "此密钥的角色不能使用此页", EN: "the role of this key may not use this page",
	})
}
