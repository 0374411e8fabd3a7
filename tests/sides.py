"""Papers as drafts make them, of both sides, with everything that can stand in one."""

from datetime import date

from tracker.model.draft import Filled, Ground
from tracker.model.paper import Annex, Block, Frame, Note, Paper, Role, Run, Side
from tracker.model.source import Place

LONG = (
    "Năm 2023, Ban Dân vận Tỉnh ủy và Ban Dân tộc tỉnh đã bám sát yêu cầu, nhiệm vụ, thực hiện các nội dung phối hợp "
    "theo kế hoạch công tác đã đề ra; công tác kiểm tra, hướng dẫn, đôn đốc việc thực hiện các chính sách dân tộc được "
    "tăng cường ở tất cả các huyện, thành phố trong tỉnh"
)
PARTY = Frame(
    Side.PARTY,
    "TỈNH ỦY THÁI NGUYÊN",
    ("Ban Dân vận Tỉnh ủy", "Ban Dân tộc tỉnh"),
    "BC/BDVTU-BDT",
    "Thái Nguyên",
    "Báo cáo",
    "Kết quả thực hiện Chương trình phối hợp công tác giữa Ban Dân vận Tỉnh ủy và Ban Dân tộc tỉnh năm 2023",
    ("Thường trực Tỉnh ủy (báo cáo)", "Ban Dân tộc tỉnh", "Ban dân vận các huyện ủy, thành ủy", "Lưu Ban Dân vận Tỉnh ủy"),
    ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
)
STATE = Frame(
    Side.STATE,
    "Ủy ban nhân dân tỉnh Thái Nguyên",
    ("Ban Dân tộc",),
    "BC-BDT",
    "Thái Nguyên",
    "Báo cáo",
    "Kết quả thực hiện Chương trình phối hợp công tác năm 2023",
    ("Ủy ban nhân dân tỉnh", "Ban Dân vận Tỉnh ủy", "Lưu: VT, CSDT"),
    ("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
)


def ground(number: int) -> Ground:
    return Ground(f"report-late 14-KH/5.1 bdt 2023-{number:02d}", (Place("actuals/2023/bdt.yaml", number, 5),))


def item(number: int, *runs: Run) -> Block:
    return Block(f"II.2/report-late:{number}", Role.ITEM, runs, "", (Filled("count", "03"),), (ground(number),))


BODY = (
    Block("opening", Role.TEXT, (Run("Thực hiện Kế hoạch số 14-KH/BDVTU-BDT, ngày 01/02/2023, Ban Dân vận Tỉnh ủy và Ban Dân tộc tỉnh thống nhất đánh giá kết quả như sau:"),)),
    Block("I", Role.PART, (Run("Kết quả thực hiện năm 2023"),), "I"),
    Block("I.1", Role.HEADING, (Run("Công tác lãnh đạo, chỉ đạo, phối hợp hoạt động"),), "1"),
    Block("I.1/units", Role.TEXT, (Run(LONG, note=Note("Có 8/8/9 huyện, thành phố có phòng dân tộc (trừ thành phố Sông Công).", (Filled("units", "8/8/9"),), (ground(9),))), Run(". "), Run("100%", bold=True), Run(" xã có đường ô tô đến trung tâm; "), Run("trong đó", italic=True), Run(" còn nơi khó khăn."))),
    Block("I.1.a", Role.SUBHEADING, (Run("Công tác tuyên truyền"),), "a"),
    *(Block(f"I.1/more-{number}", Role.TEXT, (Run(f"{LONG}. {LONG}."),)) for number in range(5)),
    Block("II", Role.PART, (Run("Đánh giá chung"),), "II"),
    Block("II.2", Role.HEADING, (Run("Một số hạn chế và nguyên nhân"),), "2"),
    item(1, Run("Ban Dân tộc tỉnh gửi muộn 03 báo cáo tháng. Nguyên nhân:"), Run(" "), Run("[CẦN BỔ SUNG: nguyên nhân]", blank=True), Run(".")),
    item(2, Run("Tỷ lệ hộ nghèo là đồng bào dân tộc thiểu số còn cao", note=Note("Năm 2023 là 6,47%, cao hơn 3,12 điểm phần trăm.")), Run(".")),
)  # fmt: skip
ANNEXES = (
    Annex("tasks", "Kết quả thực hiện từng nhiệm vụ", ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Kết quả"),
          tuple((str(number), "Báo cáo tháng về tình hình thực hiện các chính sách dân tộc", "Ban Dân tộc tỉnh", "1.250") for number in range(1, 41)),
          tuple(ground(number) for number in range(1, 41)), (0, 3)),
    Annex("units", "Tiến độ theo đơn vị và từng tháng trong năm", ("TT", "Đơn vị", *(f"Tháng {number}" for number in range(1, 13))),
          (("1", "Huyện Võ Nhai", *["hoàn thành"] * 12), ("2", "Thành phố Thái Nguyên", *["quá hạn"] * 12)), (), (0,)),
)  # fmt: skip


def paper(frame: Frame | None = PARTY, **changes) -> Paper:
    """A whole paper of a side; without a frame, a section."""
    made = Paper(date(2023, 12, 31), date(2024, 1, 5), ("14-KH/BDVTU-BDT",), BODY, ANNEXES, ("Còn 2 đoạn chưa có nguyên nhân.",), frame)
    return made._replace(**changes)


def one(text: str, frame: Frame | None = None) -> Paper:
    """A section of one paragraph."""
    return paper(frame, body=(Block("one", Role.TEXT, (Run(text),)),), annexes=(), advice=())
