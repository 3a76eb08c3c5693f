package main

import (
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/store"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

type keyCommand struct {
	Create keyCreateCommand `cmd:"" help:"Make a key and print its token, once."`
	List   keyListCommand   `cmd:"" help:"List keys, without their tokens."`
	Rotate keyRotateCommand `cmd:"" help:"Give a key another token and print it, once."`
	Narrow keyNarrowCommand `cmd:"" help:"Leave a key the agencies that one jurisdiction has."`
	Revoke keyRevokeCommand `cmd:"" help:"End a key for good."`
}

// keyFlags are shared by the commands that work with keys.
type keyFlags struct {
	databaseFlag
	KeySecret string `placeholder:"TEXT" help:"Secret under which tokens are hashed, at least 32 bytes, the same for every process; by default a random one that the database keeps. Better given as TRACKER_KEY_SECRET."`
}

// keyring opens the keys of a database.
func (f keyFlags) keyring(s *session, db *store.Store) (*access.Keyring, error) {
	return access.NewKeyring(s.ctx, db, f.KeySecret, time.Now, rand.Text)
}

// use opens the database and lets a function work with its keys; its place is where the
// service's days begin.
func (f keyFlags) use(s *session, work func(*access.Keyring, *time.Location) error) error {
	return f.withService(s, func(service *tracker.Service, db *store.Store) error {
		keys, err := f.keyring(s, db)
		if err != nil {
			return err
		}
		return work(keys, service.Place())
	})
}

type keyCreateCommand struct {
	keyFlags
	Name         string   `required:"" help:"What the key is for, such as the system that will hold it."`
	Role         string   `required:"" help:"${roles}."`
	Agency       []string `sep:"none" placeholder:"NAME" help:"Agency of a reporter, as plans name it; may be given several times."`
	Jurisdiction string   `placeholder:"PLACE" help:"Place whose agencies are meant, such as 东河市; may be left out where each name is that of exactly one agency."`
	Namespace    string   `placeholder:"NAME" help:"Namespace of the external codes that reports of the key name without one; by default the shared one."`
	Expires      string   `placeholder:"DATE" help:"Last day the key can be used, such as 2027-12-31; by default it does not expire."`
}

// Run makes a key. The token alone goes to standard output, so that a script
// can take it; what it is goes to standard error.
func (c keyCreateCommand) Run(s *session) error {
	return c.withService(s, func(service *tracker.Service, db *store.Store) error {
		keys, err := c.keyring(s, db)
		if err != nil {
			return err
		}
		key := access.Key{Name: c.Name, Role: access.Role(c.Role), Agencies: c.Agency, Namespace: c.Namespace, Jurisdiction: c.Jurisdiction}
		if c.Expires != "" {
			last, err := indicator.ParseDate(c.Expires)
			if err != nil {
				return err
			}
			key.ExpiresAt = access.EndOf(last, service.Place())
		}
		made, token, err := keys.Create(s.ctx, key)
		if err != nil {
			return err
		}
		if err := noteUnknown(s, db, made); err != nil {
			return err
		}
		return showToken(s, "已建立 / created", made, token)
	})
}

// noteUnknown says which agencies of a key no plan names: such a key may come before its
// plan, or its agency be misspelled.
func noteUnknown(s *session, db *store.Store, k access.Key) error {
	const mostNearest = 5
	for _, a := range k.Bound {
		known, _, err := db.Agencies(s.ctx, indicator.AgencyQuery{Jurisdiction: a.Jurisdiction, Name: a.Name})
		if err != nil {
			return err
		}
		if len(known) > 0 {
			continue
		}
		others, _, err := db.Agencies(s.ctx, indicator.AgencyQuery{Jurisdiction: a.Jurisdiction})
		if err != nil {
			return err
		}
		var names []string
		for _, other := range others {
			names = append(append(names, other.Name), other.Aliases...)
		}
		note := fault.Say("%[2]s没有计划写到“%[1]s”", "no plan of %[2]s names %[1]q", a.Name, a.Jurisdiction)
		if near := indicator.Nearest(a.Name, names, mostNearest); len(near) > 0 {
			note = fault.Say("%[1]s，相近的有：%[3]s", "%[2]s; nearest: %[3]s", note.ZH, note.EN, strings.Join(near, "、"))
		}
		fmt.Fprintf(s.errOut, "注意：%s / note: %s\n", note.ZH, note.EN)
	}
	return nil
}

// showToken prints a token, which cannot be had again.
func showToken(s *session, done string, k access.Key, token string) error {
	fmt.Fprintf(s.errOut, "%s: %s（%s，%s）\n令牌只显示这一次，请立即保存 / the token is shown this once, keep it now:\n", done, k.ID, k.Name, k.Role.Label().ZH)
	_, err := fmt.Fprintln(s.out, token)
	return err
}

type keyListCommand struct {
	keyFlags
}

// Run lists every key.
func (c keyListCommand) Run(s *session) error {
	return c.use(s, func(keys *access.Keyring, place *time.Location) error {
		all, _, err := keys.List(s.ctx, indicator.Page{})
		if err != nil {
			return err
		}
		t := table.NewWriter()
		t.SetStyle(table.StyleLight)
		t.AppendHeader(table.Row{"编号", "名称", "角色", "单位", "代码命名空间", "状态", "建立", "到期", "最近使用"})
		for _, k := range all {
			t.AppendRow(table.Row{
				k.ID, k.Name, k.Role.Label().ZH, agenciesOf(k), orDash(k.Namespace), keys.StateOf(k).Label().ZH,
				minute(k.CreatedAt, place), minute(k.ExpiresAt, place), minute(k.LastUsedAt, place),
			})
		}
		_, err = fmt.Fprintln(s.out, t.Render())
		return err
	})
}

// agenciesOf lists a key's agencies by jurisdiction: 东河市：市工信局、市发改局.
func agenciesOf(k access.Key) string {
	var places []string
	named := map[string][]string{}
	for _, a := range k.Bound {
		if named[a.Jurisdiction] == nil {
			places = append(places, a.Jurisdiction)
		}
		named[a.Jurisdiction] = append(named[a.Jurisdiction], a.Name)
	}
	lines := make([]string, len(places))
	for i, place := range places {
		lines[i] = orDash(place) + "：" + strings.Join(named[place], "、")
	}
	return strings.Join(lines, "\n")
}

func minute(at time.Time, place *time.Location) string {
	if at.IsZero() {
		return "—"
	}
	return at.In(place).Format("2006-01-02 15:04")
}

type keyRotateCommand struct {
	keyFlags
	Grace time.Duration `default:"24h" help:"How long the old token stays good, at most 720h (default: ${default})."`
	ID    string        `arg:"" help:"The key's id, the middle part of its token."`
}

// Run gives a key another token.
func (c keyRotateCommand) Run(s *session) error {
	return c.use(s, func(keys *access.Keyring, place *time.Location) error {
		rotated, token, err := keys.Rotate(s.ctx, c.ID, c.Grace)
		if err != nil {
			return err
		}
		done := fmt.Sprintf("已更换，旧令牌可用至 %[1]s / rotated, the old token is good until %[1]s", minute(rotated.PreviousUntil, place))
		return showToken(s, done, rotated, token)
	})
}

type keyNarrowCommand struct {
	keyFlags
	Jurisdiction string `required:"" placeholder:"PLACE" help:"Place whose agencies the key keeps."`
	ID           string `arg:"" help:"The key's id, the middle part of its token."`
}

// Run narrows a key.
func (c keyNarrowCommand) Run(s *session) error {
	return c.use(s, func(keys *access.Keyring, _ *time.Location) error {
		narrowed, err := keys.Narrow(s.ctx, c.ID, c.Jurisdiction)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "已收窄 / narrowed: %s（%s）\n", narrowed.ID, agenciesOf(narrowed))
		return err
	})
}

type keyRevokeCommand struct {
	keyFlags
	ID string `arg:"" help:"The key's id, the middle part of its token."`
}

// Run revokes a key.
func (c keyRevokeCommand) Run(s *session) error {
	return c.use(s, func(keys *access.Keyring, _ *time.Location) error {
		revoked, err := keys.Revoke(s.ctx, c.ID)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "已吊销 / revoked: %s（%s）\n", revoked.ID, revoked.Name)
		return err
	})
}
