package v1

// CreateKeyRequest asks for a key.
type CreateKeyRequest struct {
	Name string `json:"name" minLength:"1" maxLength:"100" example:"市工信局报送系统"`
	Role string `json:"role" extensions:"x-words=access.Role" example:"reporter"`
	// Agencies are those of a reporter, which posts for the indicators that
	// they lead or take part in; other roles have none.
	Agencies []string `json:"agencies,omitempty" maxItems:"50" example:"市工信局"`
	// Namespace is that of the external codes which reports of the key name without one; the shared one when it is empty.
	Namespace string `json:"namespace,omitempty" maxLength:"64" example:"gxj-erp"`
	// Jurisdiction is the place whose agencies are meant. It may be left out where each
	// name is that of exactly one agency; an agency that no plan names yet needs it.
	Jurisdiction string `json:"jurisdiction,omitempty" maxLength:"1000" example:"青州市"`
	// ExpiresOn is the last day the key can be used; without it the key does not
	// expire.
	ExpiresOn string `json:"expires_on,omitempty" format:"date" example:"2099-12-31"`
} //@name CreateKeyRequest

// Key is what is known of a key. The token is not part of it.
type Key struct {
	ID       string   `json:"id" zh:"密钥编号" example:"k3v7q2mxw4ab"`
	Name     string   `json:"name" zh:"名称" example:"市工信局报送系统"`
	Role     string   `json:"role" zh:"角色" extensions:"x-words=access.Role" example:"reporter"`
	Agencies []string `json:"agencies" zh:"单位" example:"市工信局"`
	// BoundAgencies are the agencies themselves. A key of an earlier release may have
	// those of one name in several jurisdictions.
	BoundAgencies []AgencyRef `json:"bound_agencies" zh:"绑定单位" join:"{id}"`
	// Namespace is that of the external codes which reports of the key name without one; empty for the shared one.
	Namespace string `json:"namespace" zh:"命名空间" example:"gxj-erp"`
	State     string `json:"state" zh:"状态" enums:"active,expired,revoked" example:"active"`
	// CreatedBy is the id of the key that made it; "local" is the command line.
	CreatedBy string  `json:"created_by" zh:"建立者" example:"local"`
	CreatedAt string  `json:"created_at" zh:"建立时刻" format:"date-time" example:"2023-08-02T01:30:00Z"`
	ExpiresAt *string `json:"expires_at" zh:"失效时刻" format:"date-time" extensions:"x-nullable" example:"2099-12-31T16:00:00Z"`
	RevokedAt *string `json:"revoked_at" zh:"吊销时刻" format:"date-time" extensions:"x-nullable" example:"2024-08-02T01:30:00Z"`
	// LastUsedAt is at most a minute or two behind.
	LastUsedAt *string `json:"last_used_at" zh:"最近使用时刻" format:"date-time" extensions:"x-nullable" example:"2023-10-08T02:15:00Z"`
	// PreviousUntil says how long the token before the last rotation is good.
	PreviousUntil *string `json:"previous_until" zh:"旧令牌有效至" format:"date-time" extensions:"x-nullable" example:"2023-10-09T02:15:00Z"`
} //@name Key

// AgencyRef names one agency.
type AgencyRef struct {
	ID string `json:"id" zh:"编号" example:"12"`
	// Jurisdiction is empty where nobody has said it.
	Jurisdiction string `json:"jurisdiction" zh:"辖区" example:"青州市"`
	Name         string `json:"name" zh:"名称" example:"市工信局"`
} //@name AgencyRef

// KeyCreated is a key with its token, which cannot be had again.
type KeyCreated struct {
	Key   Key    `json:"key"`
	Token string `json:"token" example:"trk_k3v7q2mxw4ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"`
} //@name KeyCreated

// KeyPage is one page of keys.
type KeyPage struct {
	Items []Key `json:"items"`
	// NextCursor is null on the last page.
	NextCursor *string `json:"next_cursor" extensions:"x-nullable" example:"MTQ"`
} //@name KeyPage
