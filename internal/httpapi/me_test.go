package httpapi_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	v1 "github.com/indicator-tracker/tracker/api/v1"
	"github.com/indicator-tracker/tracker/internal/access"
	"github.com/indicator-tracker/tracker/internal/httpapi"
	"github.com/indicator-tracker/tracker/internal/indicator"
	"github.com/indicator-tracker/tracker/internal/progress"
	"github.com/indicator-tracker/tracker/internal/tracker"
)

func TestMeSaysWhoTheCallerIs(t *testing.T) {
	a := newAPI(t)
	a.seed()
	key, token := a.key(access.Reporter, "市工信局")
	a.token = token
	me := read[v1.Me](a.get("/api/v1/me", "Accept-Language", "en").want(200))
	if me.Authentication != "key" || me.Role != "reporter" || me.RoleLabel != "reporter" {
		t.Errorf("%+v", me)
	}
	if want := (v1.MyKey{ID: key.ID, Name: "reporter"}); me.Key == nil || *me.Key != want {
		t.Errorf("key %+v, want %+v", me.Key, want)
	}
	if len(me.Agencies) != 1 || me.Agencies[0].Name != "市工信局" || me.Agencies[0].Jurisdiction != "东河市" || me.Agencies[0].HeldBy != nil {
		t.Errorf("agencies %+v", me.Agencies)
	}
	if want := []string{"public", "read", "see_drafts", "take_part", "report"}; !slices.Equal(me.Permissions, want) {
		t.Errorf("permissions %v, want %v", me.Permissions, want)
	}
	if me.Today != "2023-10-08" || me.Timezone != "UTC" {
		t.Errorf("today %s in %s", me.Today, me.Timezone)
	}
	if got := a.get("/api/v1/me").want(200); read[v1.Me](got).RoleLabel != "报送" || got.header.Get("Vary") == "" {
		t.Errorf("%v %s", got.header, got.body)
	}
	a.get("/api/v1/me?key=x").wantProblem(400, "invalid_parameter", "key")
}

func TestMeNamesAgenciesAsTheyAreNow(t *testing.T) {
	a := newAPI(t)
	a.seed()
	made, token := a.key(access.Reporter, "市工信局", "市交通局")
	id := func(name string) string {
		i := slices.IndexFunc(made.Bound, func(b indicator.AgencyRef) bool { return b.Name == name })
		return strconv.FormatInt(made.Bound[i].ID, 10)
	}
	a.post("/api/v1/agencies/"+id("市工信局")+"/rename", `{"name":"市产业局"}`).want(200)
	a.post("/api/v1/agencies/"+id("市交通局")+"/succeed", `{"by":"市农业农村局"}`).want(200)
	a.setClock(time.Date(2023, 10, 9, 2, 0, 0, 0, time.UTC)) // keys are taken as they were for a moment
	a.token = token
	held := "市农业农村局"
	want := []v1.MyAgency{
		{ID: id("市工信局"), Jurisdiction: "东河市", Name: "市产业局"}, {ID: id("市交通局"), Jurisdiction: "东河市", Name: "市交通局", HeldBy: &held},
	}
	got := read[v1.Me](a.get("/api/v1/me").want(200)).Agencies
	slices.SortFunc(got, func(a, b v1.MyAgency) int { return slices.Index(order(want), a.ID) - slices.Index(order(want), b.ID) })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func order(agencies []v1.MyAgency) (ids []string) {
	for _, a := range agencies {
		ids = append(ids, a.ID)
	}
	return ids
}

func TestMeWithoutAKey(t *testing.T) {
	a := newAPI(t)
	a.seed()
	a.token = ""
	a.handler = a.with(func(o *httpapi.Options) { o.PublicRead = true })
	if me := read[v1.Me](a.get("/api/v1/me").want(200)); me.Authentication != "public" || me.Key != nil || me.Role != "visitor" || me.RoleLabel != "访客" ||
		!slices.Equal(me.Permissions, []string{"public", "read"}) {
		t.Errorf("%+v", me)
	}
	a.handler = a.with(func(o *httpapi.Options) { o.NoAuth = true })
	if me := read[v1.Me](a.get("/api/v1/me").want(200)); me.Authentication != "off" || me.Key != nil || me.Role != "admin" || !slices.Contains(me.Permissions, "administer") {
		t.Errorf("%+v", me)
	}
}

// TestMeSaysWhatBinds holds the limits that are told against what the service refuses.
func TestMeSaysWhatBinds(t *testing.T) {
	a := newAPI(t)
	a.seed()
	place, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	a.setClock(time.Date(2023, 10, 8, 17, 0, 0, 0, time.UTC))
	a.handler = a.with(func(o *httpapi.Options) {
		o.Now, o.Limits = a.clock, httpapi.Limits{Rate: 1, Burst: 3, InFlightEach: 7}
		o.Service, o.Place = tracker.New(a.db, a.clock, place, progress.DefaultProfile()), place
	})
	me := read[v1.Me](a.get("/api/v1/me").want(200))
	if me.Today != "2023-10-09" || me.Timezone != "Asia/Shanghai" {
		t.Errorf("today %s in %s", me.Today, me.Timezone)
	}
	l := me.Limits
	if l.RequestsPerSecond == nil || *l.RequestsPerSecond != 1 || l.Burst == nil || *l.Burst != 3 || l.InFlight == nil || *l.InFlight != 7 {
		t.Errorf("%+v", l)
	}
	for range *l.Burst - 1 {
		a.get("/api/v1/plans").want(200)
	}
	a.get("/api/v1/plans").wantProblem(429, "rate_limited", "")

	a.handler = a.with(func(*httpapi.Options) {})
	l = read[v1.Me](a.get("/api/v1/me").want(200)).Limits
	if l.RequestsPerSecond != nil || l.Burst != nil || l.InFlight != nil {
		t.Errorf("a service without bounds says %+v", l)
	}
	a.post("/api/v1/measurements", string(make([]byte, l.JSONBytes+1))).wantProblem(413, "body_too_large", "")
	a.send("POST", "/api/v1/plans?code=x", string(make([]byte, l.DocumentBytes+1)), "Content-Type", plain).wantProblem(413, "body_too_large", "")
	if l.PageRows != 500 || l.DefaultPageRows != 50 || l.BatchRows != 1_000_000 || l.BatchBytes != 1<<30 || l.WorkbookBytes != 32<<20 {
		t.Errorf("%+v", l)
	}
}
