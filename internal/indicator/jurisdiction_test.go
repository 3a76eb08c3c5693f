package indicator_test

import (
	"strings"
	"testing"

	"github.com/indicator-tracker/tracker/internal/fault"
	"github.com/indicator-tracker/tracker/internal/indicator"
)

func TestJurisdictionOf(t *testing.T) {
	for _, c := range []struct{ issuer, title, want string }{
		{"青州市人民政府办公室", "2023年重点工作任务", "青州市"},
		{"青州市人民政府", "", "青州市"},
		{"青州市政府办", "", "青州市"},
		{"中共东河市委办公室 东河市人民政府办公室", "", "东河市"},
		{"东河市发展和改革委员会", "", "东河市"},
		{"东河市城市管理局", "", "东河市"},
		{"广东省广州市黄埔区人民政府", "", "广东省广州市黄埔区"},
		{"沙市区人民政府", "", "沙市区"},
		{"津市市人民政府", "", "津市市"},
		{"景德镇市人民政府", "", "景德镇市"},
		{"东乡族自治县人民政府", "", "东乡族自治县"},
		{"浦东新区人民政府", "", "浦东新区"},
		{"东河经济技术开发区管理委员会", "", "东河经济技术开发区"},
		// A district is never taken for its city.
		{"东河市西山区教育局", "", "东河市西山区"},
		// The title where the issuer says nothing.
		{"", "青州市2023年重点工作任务", "青州市"},
		{"", "东河市二〇二四年政府工作要点", "东河市"},
		{"", "关于印发《西山县国民经济和社会发展第十四个五年规划纲要》", "西山县"},
		{"市政府办公室", "东河市2023年重点工作", "东河市"},
		// Two issuers of two places are neither, and no other place.
		{"东河市人民政府、西山市人民政府", "东河市2023年重点工作", "东河市人民政府、西山市人民政府"},
		// Unsure: whole, and never two cities as one.
		{"东河市振兴集团", "", "东河市振兴集团"},
		{"市政府办公室", "2023年重点工作任务", "市政府办公室（p）"},
		{"市人民政府", "", "市人民政府（p）"},
		{"", "2023年重点工作任务", "2023年重点工作任务（p）"},
		{"", "推进城市建设工作方案", "推进城市建设工作方案（p）"},
		{"", "全市2023年重点工作", "全市2023年重点工作（p）"},
		{"", "", "（p）"},
	} {
		if got := indicator.JurisdictionOf(c.issuer, c.title, "p"); got != c.want {
			t.Errorf("issuer %q, title %q: %q, want %q", c.issuer, c.title, got, c.want)
		}
	}
	if a, b := indicator.JurisdictionOf("", "重点工作", "a"), indicator.JurisdictionOf("", "重点工作", "b"); a == b {
		t.Errorf("two plans that name no place are both of %q", a)
	}
}

func TestCheckJurisdiction(t *testing.T) {
	for _, good := range []string{"东河市", "x", strings.Repeat("市", 1000)} {
		if err := indicator.CheckJurisdiction("jurisdiction", good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", " 东河市", "东河市\n", "东\x00河", "\xff", strings.Repeat("市", 1001)} {
		if err := indicator.CheckJurisdiction("jurisdiction", bad); !fault.Is(err, fault.InvalidValue) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
