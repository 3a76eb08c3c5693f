package v1

// Me is the caller as the service knows it, with what it may do and what binds it.
type Me struct {
	// Authentication is key (the caller showed one), public (reads need none) or off (the service asks nobody for one).
	Authentication string `json:"authentication" enums:"key,public,off" example:"key"`
	// Key is null where none was shown.
	Key *MyKey `json:"key" extensions:"x-nullable"`
	// Role is that of the key; visitor without one, and admin where the service asks for none.
	Role string `json:"role" enums:"admin,supervisor,reporter,analyst,visitor" example:"reporter"`
	// RoleLabel is the role in the language of the answer.
	RoleLabel string `json:"role_label" example:"报送"`
	// Agencies are those of a reporter, by their official names; other roles have none.
	Agencies []MyAgency `json:"agencies"`
	// Permissions are what the role may do; those about single indicators hold for the agencies of a reporter.
	Permissions []string `json:"permissions" extensions:"x-words=access.Permission" example:"read,report"`
	Limits      MyLimits `json:"limits"`
	// Today is the day it is where the service's days begin.
	Today string `json:"today" format:"date" example:"2023-10-08"`
	// Timezone is that place, as the time zone database names it.
	Timezone string `json:"timezone" example:"Asia/Shanghai"`
	// Version is that of the program.
	Version string `json:"version" example:"0.1.0"`
} //@name Me

// MyKey is what a caller may know of its own key.
type MyKey struct {
	ID   string `json:"id" example:"k3v7q2mxw4ab"`
	Name string `json:"name" example:"市工信局报送系统"`
	// Namespace is that of the external codes which reports of the key name without one; empty for the shared one.
	Namespace string `json:"namespace" example:"gxj-erp"`
} //@name MyKey

// MyAgency is an agency of the caller's key.
type MyAgency struct {
	ID           string `json:"id" example:"12"`
	Jurisdiction string `json:"jurisdiction" example:"青州市"`
	Name         string `json:"name" example:"市工信局"`
	// HeldBy is the agency that its duties have passed to, which reports in its place; null while it has them.
	HeldBy *string `json:"held_by" extensions:"x-nullable" example:"市产业局"`
} //@name MyAgency

// MyLimits bind the requests of a caller. What is null has no bound.
type MyLimits struct {
	// RequestsPerSecond is the rate on the average, and Burst how many requests can be made at once after a pause.
	RequestsPerSecond *int `json:"requests_per_second" extensions:"x-nullable" example:"1000"`
	Burst             *int `json:"burst" extensions:"x-nullable" example:"2000"`
	// InFlight is how many requests of the caller are served at a time.
	InFlight *int `json:"in_flight" extensions:"x-nullable" example:"128"`
	// The bodies of requests, in bytes.
	JSONBytes     int `json:"json_bytes" example:"1048576"`
	DocumentBytes int `json:"document_bytes" example:"16777216"`
	BatchBytes    int `json:"batch_bytes" example:"1073741824"`
	WorkbookBytes int `json:"workbook_bytes" example:"33554432"`
	// BatchRows is how many rows a batch with mode=atomic or dry_run has at most; mode=partial has no bound.
	BatchRows int `json:"batch_rows" example:"1000000"`
	// PageRows is the largest page of a list, DefaultPageRows that without limit.
	PageRows        int `json:"page_rows" example:"500"`
	DefaultPageRows int `json:"default_page_rows" example:"50"`
} //@name MyLimits
