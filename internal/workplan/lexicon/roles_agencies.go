package lexicon

// Words around the names of agencies.
var (
	// AgencyLabel says what those do who are named after it, before a colon or below it as the head
	// of a column: lead 牵头单位, joint 配合单位, responsible 责任单位. Those who are responsible lead
	// where nobody else is said to.
	AgencyLabel = answering("agency-label", "lead", "joint", "responsible")
	// AgencyVerb ends a list of agencies and says what they do, and is in the head of their column:
	// lead 牵头, joint 配合, responsible 负责.
	AgencyVerb = answering("agency-verb", "lead", "joint", "responsible")
	// PersonLabels name persons among the agencies, who are not kept, before a colon or in the head of
	// their column: 责任领导:张某.
	PersonLabels = having("person-labels")
	// DueLabels open what dates a whole item, and are in the head of a column of deadlines:
	// 完成时限:6月底前.
	DueLabels = having("due-labels")
	// Copulas stand between a label and its agencies within a sentence: 责任单位为市商务局.
	Copulas = having("copulas")
	// TogetherWith stands before those who take part with the one who leads: 市文旅局会同市体育局负责.
	TogetherWith = having("together-with")
	// BeforeAgencies stand before the name of an agency in a list and are no part of it:
	// 由市水利局.
	BeforeAgencies = having("before-agencies")
	// AfterAgencies stand after the last name and are no part of it: 市水利局等有关部门.
	AfterAgencies = having("after-agencies")
	// AgencyPrefixes begin the name of an agency: 市, 各县.
	AgencyPrefixes = having("agency-prefixes")
	// AgencyEndings end the name of an agency, though other words end with them too: 局, 办.
	AgencyEndings = having("agency-endings")
	// CertainAgencyEndings are those that end little but the names of agencies, so that no 市
	// or 县 need stand before: 局, 银行.
	CertainAgencyEndings = having("certain-agency-endings")
)
