package lexicon

// Words around the names of agencies.
var (
	// LeadLabels name those who lead, before a colon: 牵头单位:市水利局.
	LeadLabels = having("lead-labels")
	// JointLabels name those who take part, before a colon: 配合单位:市财政局.
	JointLabels = having("joint-labels")
	// ResponsibleLabels name those who are responsible, who lead where nobody else is said to, before a
	// colon or in the head of their column:
	// 责任单位:市教育局.
	ResponsibleLabels = having("responsible-labels")
	// PersonLabels name persons among the agencies, who are not kept, before a colon or in the head of
	// their column: 责任领导:张某.
	PersonLabels = having("person-labels")
	// DueLabels open what dates a whole item, and are in the head of a column of deadlines:
	// 完成时限:6月底前.
	DueLabels = having("due-labels")
	// LeadVerbs end a list of those who lead, and are in the head of their column: 市水利局牵头.
	LeadVerbs = having("lead-verbs")
	// ResponsibleVerbs end a list of those who are responsible: 市教育局负责.
	ResponsibleVerbs = having("responsible-verbs")
	// JointVerbs end a list of those who take part, and are in the head of their column: 市财政局配合.
	JointVerbs = having("joint-verbs")
	// AgencyLabels are the labels of all agencies, whatever they do: 牵头单位, 配合单位.
	AgencyLabels = LeadLabels.Or(JointLabels).Or(ResponsibleLabels)
	// Copulas stand between a label and its agencies within a sentence: 责任单位为市商务局.
	Copulas = having("copulas")
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
