"""The sixteen sheets of the workbook (台账), as data. Spec: docs/spec/workbook.md."""

from __future__ import annotations

from django.db.models import TextChoices

from yifa.casework.remedies.models import DisputeKind
from yifa.fieldwork.inspections.models import InspectionResult
from yifa.governance.counsel.models import ReviewOpinion, ReviewSubject
from yifa.governance.leadership.models import MeetingKind
from yifa.governance.norms.models import RuleCategory, RuleOperation
from yifa.governance.outreach.models import OutreachForm
from yifa.governance.training.models import TrainingForm
from yifa.intake.workbook.columns import Column, Sheet, key, may, need
from yifa.law.events import KINDS
from yifa.law.labels import labels
from yifa.openness.disclosure.models import Adjustment, DisclosureCategory
from yifa.registry.people.models import Role


def chosen(choices: type[TextChoices]) -> dict[str, str]:
    return {str(label): str(value) for value, label in choices.choices}


def law(enum: str) -> dict[str, str]:
    return {text: value for value, text in labels(enum).items()}


def campaign() -> Column:
    return may("专项行动", "campaign", "campaign", limit=60, note="专项行动的代码", sample="waste_sorting")


STEPS = {kind.label: name for name, kind in KINDS.items()}
CASE_NO = "2021年市容罚字第001号"
DAY = "2021-03-05"

SHEETS: tuple[Sheet, ...] = (
    Sheet("人员", (
        key("工号", "staff_no", "staff_no", limit=40, sample="0101"),
        need("姓名", "name", limit=100, sample="张三"),
        may("部门", "unit", limit=100, sample="执法一队"),
        may("职务", "post", limit=100, sample="队员"),
        need("角色", "roles", "enums", labels=chosen(Role), sample="承办"),
        may("执法证号", "certificate_no", limit=60, sample="0200010101"),
        may("证件有效期起", "certificate_from", "date", sample="2019-01-01"),
        may("证件有效期止", "certificate_to", "date", sample="2024-12-31"),
        may("法律职业资格", "legal_profession_qualified", "yes_no", sample="否"),
        may("出生日期", "birth_on", "date", sample="1985-06-01"),
        may("聘期起", "term_from", "date", note="法律顾问、公职律师的聘期"),
        may("聘期止", "term_to", "date", note="空白表示未定止期"),
    )),
    Sheet("专项行动", (
        key("代码", "code", "slug", limit=60, note="英文小写、数字、下划线", sample="waste_sorting"),
        need("名称", "name", sample="垃圾分类专项检查"),
        need("开始日期", "starts_on", "date", sample="2021-03-01"),
        may("结束日期", "ends_on", "date", sample="2021-06-30"),
        may("领域", "field", limit=100, sample="垃圾分类"),
        may("接收部门", "receiver", limit=100, sample="区生态环境局"),
    )),
    Sheet("双随机", (
        key("任务编号", "number", limit=60, sample="SSJ-2021-01"),
        need("事项", "subject", sample="建筑垃圾运输企业检查"),
        need("抽取日期", "drawn_on", "date", sample=DAY),
        need("对象总数", "targets_total", "count", sample=40),
        need("抽取对象数", "targets_drawn", "count", sample=4),
        need("人员总数", "officers_total", "count", sample=20),
        need("抽取人员数", "officers_drawn", "count", sample=4),
        may("公示日期", "published_on", "date", sample="2021-03-20"),
    )),
    Sheet("检查", (
        key("编号", "number", limit=60, sample="JC-2021-0001"),
        need("日期", "on", "date", sample=DAY),
        campaign(),
        may("双随机任务", "draw_number", limit=60, note="双随机表的任务编号"),
        need("镇街", "town", limit=60, sample="宝平街道"),
        need("对象", "target", sample="某某超市"),
        need("检查人员", "officers", "persons", limit=400, sample="0101、0102"),
        need("结果", "result", "enum", labels=chosen(InspectionResult), sample="正常"),
        may("公示日期", "published_on", "date"),
    )),
    Sheet("移交", (
        key("编号", "number", limit=60, sample="YJ-2021-01"),
        need("日期", "on", "date", sample=DAY),
        campaign(),
        need("材料", "material", limit=300, sample="未分类投放单位名单"),
        need("接收部门", "receiver", limit=100, sample="区生态环境局"),
        may("回执号", "receipt_no", limit=100),
    )),
    Sheet("案件", (
        key("案号", "number", limit=100, sample=CASE_NO),
        need("程序", "procedure", "enum", labels=law("procedure"), sample="普通"),
        need("事项编码", "matter", limit=20, note="处罚事项编码，见权责清单", sample="M01"),
        need("当事人类型", "party_kind", "enum", labels=law("party_kind"), sample="法人"),
        need("当事人", "party_name", sample="某某商贸有限公司"),
        may("证件号码", "identifier", limit=60),
        may("出生日期", "birth_on", "date", note="公民"),
        need("违法地点", "place", limit=300, sample="南关大街1号"),
        need("镇街", "town", limit=60, note="按名称对应镇街，对应不上的记为本区", sample="宝平街道"),
        need("违法开始", "began_on", "date", sample="2021-03-01"),
        may("违法结束", "ended_on", "date", note="空白表示仍在持续", sample=DAY),
        need("发现日期", "discovered_on", "date", sample=DAY),
        may("危害后果", "harm", "enum", labels=law("harm"), note="空白表示无", sample="轻微"),
        may("改正日期", "corrected_on", "date"),
        may("初次违法", "first_offence", "yes_no", note="空白表示否", sample="是"),
        may("情节复杂", "complex", "yes_no", note="空白表示否", sample="否"),
        campaign(),
        may("数据", "data", "json", limit=20000, note="JSON：案件、当事人、违法情况的其他键"),
    )),
    Sheet("办案记录", (
        key("案号", "number", limit=100, sample=CASE_NO),
        key("序号", "ordinal", "count", note="同一案件内不重复，可以跳号", sample=1),
        need("时间", "at", "moment", note="2021-03-05 09:10 或只有日期", sample="2021-03-05 09:10"),
        need("环节", "kind", "enum", labels=STEPS, sample="立案"),
        may("办理人", "by", "persons", limit=400, note="工号，多人用、分隔", sample="0101、0102"),
        may("结果", "result", limit=2000, note="本环节的结果、意见或者理由"),
        may("罚款(元)", "fine", "money", note="元，最多两位小数"),
        may("没收(元)", "confiscation", "money", note="元，最多两位小数"),
        may("处罚种类", "penalty_kinds", "enums", labels=law("penalty_kind"), note="多种用、分隔"),
        may("送达方式", "mode", "enum", labels=law("mode")),
        may("文书", "instrument", "enum", labels=law("instrument"), note="文书名称，如 行政处罚决定书"),
        may("文书号", "instrument_number", limit=100),
        may("日期", "on", "date", note="本环节自己的日期，如改正期限、听证日期"),
        may("数据", "data", "json", limit=20000, note="JSON：本环节的其他键", sample='{"approved_by":"0001"}'),
    )),
    Sheet("执法记录", (
        key("编号", "number", limit=60, sample="YX-2021-0001"),
        may("案号", "case_number", limit=100, sample=CASE_NO),
        may("检查编号", "inspection_number", limit=60),
        may("环节", "step", "enum", labels=STEPS, sample="现场笔录"),
        need("设备编号", "device", limit=60, sample="CAM-01"),
        need("执法人员", "officers", "persons", limit=400, sample="0101、0102"),
        need("开始时间", "started_at", "moment", note="要有时刻", sample="2021-03-05 09:00"),
        need("时长(秒)", "seconds", "count", sample=600),
        need("大小(字节)", "bytes", "size", sample=200000000),
        may("SHA256", "sha256", "sha256", note="64 位十六进制"),
        need("保存期限", "retention", "retention", note="永久，或者天数", sample="永久"),
    )),
    Sheet("公示报送", (
        key("案号", "number", limit=100, sample=CASE_NO),
        key("渠道", "channel", "enum", labels=law("channel"), sample="门户"),
        need("日期", "on", "date", sample="2021-04-20"),
        may("回执号", "receipt_no", limit=100),
    )),
    Sheet("复议诉讼", (
        key("案号", "number", limit=100, sample=CASE_NO),
        key("类型", "kind", "enum", labels=chosen(DisputeKind), sample="行政复议"),
        key("提起日期", "filed_on", "date", sample="2021-05-10"),
        may("结果", "result", "enum", labels=law("dispute_result"), sample="维持"),
        may("结果日期", "decided_on", "date", sample="2021-07-01"),
    )),
    Sheet("培训", (
        key("日期", "on", "date", sample=DAY),
        key("名称", "name", sample="行政处罚法专题培训"),
        need("形式", "form", "enum", labels=chosen(TrainingForm), sample="专家授课"),
        need("参训人次", "attendances", "count", sample=40),
        may("学时", "hours_hundredths", "hundredths", sample=2),
    )),
    Sheet("普法", (
        key("日期", "on", "date", sample=DAY),
        key("名称", "name", sample="垃圾分类进社区"),
        need("形式", "form", "enum", labels=chosen(OutreachForm), sample="社区宣讲"),
        may("地点", "place", sample="某某社区"),
        may("法规", "regulation", sample="天津市生活垃圾管理条例"),
        may("受众人数", "audience", "count", sample=100),
    )),
    Sheet("公开事项", (
        need("类别", "category", "enum", labels=chosen(DisclosureCategory), sample="绿化管理"),
        key("名称", "name", sample="砍伐城市树木审批"),
        need("操作", "operation", "enum", labels=chosen(Adjustment), sample="新增"),
        key("日期", "on", "date", sample=DAY),
        need("审核人", "reviewed_by", "person", sample="0201"),
        need("发布人", "released_by", "person", sample="0101"),
    )),
    Sheet("法律审查", (
        key("日期", "on", "date", sample=DAY),
        need("类型", "kind", "enum", labels=chosen(ReviewSubject), sample="合同"),
        key("名称", "name", sample="环卫作业服务合同"),
        need("审查人", "reviewed_by", "person", sample="0301"),
        need("意见", "opinion", "enum", labels=chosen(ReviewOpinion), sample="同意"),
    )),
    Sheet("制度文件", (
        key("名称", "name", sample="行政处罚裁量基准"),
        need("类别", "category", "enum", labels=chosen(RuleCategory), sample="裁量基准"),
        need("操作", "operation", "enum", labels=chosen(RuleOperation), sample="制定"),
        key("日期", "on", "date", sample=DAY),
        may("生效日期", "effective_on", "date", sample="2021-04-01"),
    )),
    Sheet("会议履职", (
        key("日期", "on", "date", sample=DAY),
        need("类型", "kind", "enum", labels=chosen(MeetingKind), sample="领导小组会议"),
        need("主持人", "chaired_by", "person", sample="0001"),
        key("议题", "topic", limit=300, sample="研究法治政府建设年度计划"),
        may("决议", "resolution", limit=5000),
    )),
)  # fmt: skip

BY_NAME = {sheet.name: sheet for sheet in SHEETS}
