"""Papers in which everything occurs that a format must show: a whole report by invention, and one written by an enemy."""

from datetime import date
from functools import cache

from told_reports import HOSTILE

from tracker.lang import words
from tracker.model.draft import Filled, Ground
from tracker.model.paper import Annex, Block, Frame, Note, Paper, Role, Run, Side
from tracker.model.source import Place
from tracker.render.paper import Look, Renewed, renderer, renewer

FRAME = Frame(
    Side.PARTY, "Tỉnh ủy Minh Khê", ("Ban Dân vận", "Ban Dân tộc tỉnh"), "BC/BDVTU-BDT", "Minh Khê", "Báo cáo",
    "kết quả thực hiện Chương trình phối hợp năm 2024",
    ("Ban Dân vận Trung ương", "Thường trực Tỉnh ủy", "Lưu: VT, PDT"), ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
)  # fmt: skip
TEXTS = ("html", "md")
"""The formats that are text."""
MARKUP = "--> <script>alert(1)</script> {{ 7*7 }} {% raw %} =1+1 </style></main> <!-- tracker: end --> & “a” 'b'"


def grounds(rule: str, number: int) -> tuple[Ground, ...]:
    return tuple(
        Ground(f"{rule}:12-KH/5.1:huyen-{count:02d}:2024-08", (Place("plans/12-KH-2024.yaml", 248, 5), Place("actuals/2024/bdt.yaml", 3 + count, 5)))
        for count in range(number)
    )


@cache
def whole() -> Paper:
    late = Note("Số liệu đến ngày 20/10/2024.", (Filled("day", "20/10/2024"),), grounds("report-late", 1))
    body = (
        Block("I", Role.PART, (Run("Kết quả thực hiện"),), "I"),
        Block("I.1", Role.HEADING, (Run("Công tác tham mưu, phối hợp"),), "1"),
        Block("I.1/a", Role.SUBHEADING, (Run("Về tuyên truyền"),), "a"),
        Block("I.1/held", Role.TEXT, (Run("Đã tổ chức "), Run("03/05", bold=True, note=late), Run(" hội nghị, đạt 60% kế hoạch; "),
              Run("so với cùng kỳ", italic=True), Run(" "), Run("[CẦN BỔ SUNG: nhận xét]", blank=True), Run(".")), "",
              (Filled("done", "03/05"), Filled("share", "60%")), grounds("task-target-missed", 2)),
        Block("II", Role.PART, (Run("Đánh giá chung"),), "II"),
        Block("II.2", Role.HEADING, (Run("Một số hạn chế và nguyên nhân"),), "2"),
        Block("II.2/report-missing", Role.ITEM, (Run("Có 12 lượt báo cáo chưa gửi hoặc chưa được ghi nhận.", note=Note("Theo chế độ báo cáo hằng tháng.")),), "",
              (Filled("count", "12"),), grounds("report-missing", 12)),
        Block("II.2/task-silent", Role.ITEM, (Run("Huyện Nậm Khê chưa thông tin kết quả.", note=late._replace(text="Đã nhắc 02 lần.")),), "", (), grounds("task-silent", 1)),
    )  # fmt: skip
    annex = Annex("annex/units", "Phụ lục: Tình hình gửi báo cáo", ("Đơn vị", "Đã gửi", "Chưa gửi"),
                  (("Huyện Khê Trung", "8", "1"), ("Huyện Nậm Khê", "7", "2")), grounds("report-missing", 2), (1, 2))  # fmt: skip
    advice = ("Số đoạn chưa có đủ nguyên nhân: 1.", "Số phát hiện chưa kết luận được: 4.")
    return Paper(date(2024, 10, 20), date(2024, 10, 21), ("12-KH/BDVTU-BDT",), body, (annex,), advice, FRAME)


@cache
def of_an_enemy() -> Paper:
    """The same paper, every text of it hostile, keys too."""
    evil = f"{HOSTILE} {MARKUP}"
    note = Note(evil, (Filled(evil, evil),), (Ground(evil, (Place(evil, 1, 1),)),))
    blocks = tuple(
        Block(f"{block.key} {MARKUP}", block.role, (Run(evil), Run(evil, bold=True, note=note), Run(evil, blank=True)),
              block.label and evil, (Filled(evil, evil),), (Ground(evil, (Place(evil, 1, 1),)),))
        for block in whole().body
    )  # fmt: skip
    annex = Annex(evil, evil, (evil, evil), ((evil, evil),), (Ground(evil, ()),))
    frame = Frame(Side.STATE, evil, (evil, evil), evil, evil, evil, evil, (evil, evil), (evil,))
    return Paper(date(2024, 10, 20), date(2024, 10, 21), (evil,), blocks, (annex,), (evil,), frame)


def made(name: str, paper: Paper, *, trace: bool = False, code: str = "vi") -> str:
    """The paper in this format."""
    return renderer(name)(paper, Look(words(code), trace)).decode()


def again(name: str, paper: Paper, old: str, *, trace: bool = False) -> Renewed:
    """The file with this text made anew."""
    renew = renewer(name)
    assert renew is not None
    renewed = renew(paper, Look(words(), trace), old.encode())
    assert renewed is not None
    return renewed


def changed(paper: Paper, key: str, text: str) -> Paper:
    """The paper when the data say something else of this block."""
    return paper._replace(body=tuple(one._replace(runs=(Run(text),), figures=()) if one.key == key else one for one in paper.body))


def only(paper: Paper, *keys: str) -> Paper:
    """The paper with these blocks alone."""
    return paper._replace(body=tuple(one for one in paper.body if one.key in keys))
