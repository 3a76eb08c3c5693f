package intake

import (
	"fmt"

	"github.com/indicator-tracker/tracker/internal/fault"
)

// phrase says in two languages what is wrong with a cell; a text of the sender's
// stands in it where it has a verb for one.
type phrase struct {
	zh, en string
	text   string
}

// of is the fault of a cell that is named.
func (p phrase) of(code fault.Code, where fault.Text) *fault.Fault {
	zh, en := p.zh, p.en
	if p.text != "" {
		zh, en = fmt.Sprintf(zh, clip(p.text)), fmt.Sprintf(en, clip(p.text))
	}
	return fault.New(code, fault.Text{ZH: where.ZH + zh, EN: where.EN + " " + en})
}
