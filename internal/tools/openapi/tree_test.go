package main

import (
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"
)

// parse reads JSON into a tree.
func parse(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	return root.Content[0]
}

func TestArrangeSpec(t *testing.T) {
	types := wireTypes{"Thing": {fields: []string{"id", "type", "name"}}}
	cases := []struct{ name, given, want string }{
		{
			"puts members of the specification in its order",
			`{"paths":{},"info":{"version":"1","title":"t"},"openapi":"3.0.3","x-more":1,"components":{}}`,
			`{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{},"components":{},"x-more":1}`,
		},
		{
			"puts properties in the order of the source, those it does not know last",
			`{"schemas":{"Thing":{"properties":{"zone":{},"age":{},"name":{},"id":{},"type":{}},"required":["name","age","id"]}}}`,
			`{"schemas":{"Thing":{"required":["id","name","age"],"properties":{"id":{},"type":{},"name":{},"age":{},"zone":{}}}}}`,
		},
		{
			"puts the properties of a schema without a name by alphabet",
			`{"schema":{"properties":{"type":{},"id":{},"name":{}}}}`,
			`{"schema":{"properties":{"id":{},"name":{},"type":{}}}}`,
		},
		{
			"puts names chosen by the document by alphabet, even words of the specification",
			`{"paths":{"/type":{"post":{},"get":{}},"/info":{}},"headers":{"name":{},"A":{}}}`,
			`{"paths":{"/info":{},"/type":{"get":{},"post":{}}},"headers":{"A":{},"name":{}}}`,
		},
		{
			"leaves data as it is written",
			`{"example":{"type":"a","info":1},"examples":{"b":{"value":{"z":1,"a":2}}},"enum":["z","a"]}`,
			`{"enum":["z","a"],"example":{"type":"a","info":1},"examples":{"b":{"value":{"z":1,"a":2}}}}`,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, want := parse(t, c.given), parse(t, c.want)
			arrangeSpec(got, types, "")
			if g, w := string(renderJSON(got)), string(renderJSON(want)); g != w {
				t.Errorf("got\n%swant\n%s", g, w)
			}
		})
	}
}

func TestRenderJSON(t *testing.T) {
	given := `{"n":17.990,"big":12345678901234567890.5,"s":"a\"<&>\u2028\n桩","date":"2023-09-30","none":null,"yes":true,"o":{},"l":[],"m":[1,[2]]}`
	want := `{
  "n": 17.990,
  "big": 12345678901234567890.5,
  "s": "a\"<&>\u2028\n桩",
  "date": "2023-09-30",
  "none": null,
  "yes": true,
  "o": {},
  "l": [],
  "m": [
    1,
    [
      2
    ]
  ]
}
`
	if got := string(renderJSON(parse(t, given))); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRenderYAML(t *testing.T) {
	given := `{"plain":"桩","date":"2023-09-30","word":"true","digits":"007","nothing":"null","empty":"","hash":"a #b","lines":"one\ntwo","n":17.990}`
	want := `plain: 桩
date: "2023-09-30"
word: "true"
digits: "007"
nothing: "null"
empty: ""
hash: 'a #b'
lines: |-
  one
  two
"n": 17.990
`
	got, err := renderYAML(parse(t, given))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestReadTypes(t *testing.T) {
	types, err := readTypes([]string{"testdata/sample/http", "testdata/sample/wire"})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("takes the fields of an embedded struct in its place", func(t *testing.T) {
		want := []string{"id", "name", "value", "reason", "percent", "origin", "days"}
		if got := types["Thing"].fields; !slices.Equal(got, want) {
			t.Errorf("fields %v, want %v", got, want)
		}
	})
	t.Run("notes what may be left out without omitempty", func(t *testing.T) {
		if got := types["ThingRequest"].optional; !slices.Equal(got, []string{"change"}) {
			t.Errorf("optional %v", got)
		}
	})
	t.Run("reports source that cannot be parsed", func(t *testing.T) {
		if _, err := buildSource(t, "type a struct {"); err == nil {
			t.Error("no error")
		}
	})
}
