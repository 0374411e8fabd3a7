"""For each thing that proofreading can remark: a text that earns it, and the same text mended.

Written for the invented province of tests/showcase, year 2024. A line is a paragraph, as in a .txt file.
"""

R = "I. KẾT QUẢ NĂM 2024\n\n"
N = "\n\nII. PHƯƠNG HƯỚNG NĂM 2025\n\n"
HEAD = "BAN DÂN VẬN TỈNH ỦY\nSố 25-BC/BDVTU\nMinh Sơn, ngày 20 tháng 10 năm 2024\nBÁO CÁO\n{title}\n\nHai cơ quan báo cáo như sau:\n\n"
TITLE = "Kết quả phối hợp giữa Ban Dân vận Tỉnh ủy và Ban Dân tộc tỉnh năm 2024"
TAIL = "\n\nNơi nhận:\n- Thường trực Tỉnh ủy;\n{more}- Lưu Ban Dân vận Tỉnh ủy.\n\nT/M BAN DÂN VẬN TỈNH ỦY\n{sign}"
CITED = "Kế hoạch số 12-KH/BDVTU-BDT, ngày 25/01/2024 về phối hợp công tác dân vận và dân tộc năm 2024"
LIMITS = "II. HẠN CHẾ VÀ NGUYÊN NHÂN\n\n"

PAIRS: dict[str, tuple[str, str]] = {
    "abbreviation-early": (
        "Phối hợp với MTTQ. Làm việc với Mặt trận Tổ quốc (sau đây viết tắt là MTTQ).",
        "Phối hợp với Mặt trận Tổ quốc (sau đây viết tắt là MTTQ). Làm việc với MTTQ.",
    ),
    "abbreviation-full": (
        "Vùng dân tộc thiểu số (sau đây viết tắt là DTTS).\nCán bộ vùng dân tộc thiểu số.",
        "Vùng dân tộc thiểu số (sau đây viết tắt là DTTS).\nCán bộ vùng DTTS.",
    ),
    "abbreviation-part": (
        "Vùng dân tộc thiểu số và miền núi (sau đây viết tắt là DTTS&MN). Cán bộ DTTS.",
        "Vùng dân tộc thiểu số và miền núi (sau đây viết tắt là DTTS&MN). Cán bộ DTTS&MN.",
    ),
    "abbreviation-tail": (
        "Vùng dân tộc thiểu số và miền núi (sau đây viết tắt là DTTS&MN). Xã DTTS&MN núi.",
        "Vùng dân tộc thiểu số và miền núi (sau đây viết tắt là DTTS&MN). Xã DTTS&MN.",
    ),
    "abbreviation-twice": (
        "Vùng dân tộc thiểu số (viết tắt là DTTS). Người dân tộc thiểu số (viết tắt là DTTS).",
        "Vùng dân tộc thiểu số (viết tắt là DTTS). Người DTTS.",
    ),
    "abbreviation-undefined": ("Làm việc với HĐND.", "Làm việc với Hội đồng nhân dân (HĐND)."),
    "assessment-cause": (
        LIMITS + "- Việc nắm tình hình ở 02 huyện chưa sâu.",
        LIMITS + "- Việc nắm tình hình ở 02 huyện chưa sâu, nguyên nhân là thiếu cán bộ.",
    ),
    "assessment-completed": (R + "Hai cơ quan đã hoàn thành kế hoạch.", R + "Hai cơ quan đã hoàn thành 12/15 nhiệm vụ."),
    "assessment-figures": (LIMITS + "- Việc nắm tình hình chưa sâu.", LIMITS + "- Việc nắm tình hình ở 02 huyện chưa sâu."),
    "assessment-tension": (
        R + "Công tác đôn đốc được tăng cường.\n\n" + LIMITS + "- Việc đôn đốc ở 02 huyện chưa thường xuyên.",
        R + "Công tác đôn đốc được tăng cường.\n\n" + LIMITS + "- Việc tập huấn ở 02 huyện chưa thường xuyên.",
    ),
    "citation-comma": (
        f"Theo {CITED}. Sau đó là Chương trình số 05-CTr/BDVTU-BDT ngày 10/3/2022.",
        f"Theo {CITED}. Sau đó là Chương trình số 05-CTr/BDVTU-BDT, ngày 10/3/2022.",
    ),
    "citation-date": (f"Theo {CITED}.".replace("25/01", "26/01"), f"Theo {CITED}."),
    "citation-incomplete": ("Theo Kế hoạch số 12-KH/BDVTU-BDT.", f"Theo {CITED}."),
    "citation-near": (f"Theo {CITED}.".replace("12-KH", "13-KH"), f"Theo {CITED}."),
    "citation-no-day": (f"Theo {CITED}.".replace("25/01", "32/01"), f"Theo {CITED}."),
    "citation-registered-title": (f"Theo {CITED}.".replace("dân vận và dân tộc", "tôn giáo"), f"Theo {CITED}."),
    "citation-shape": ("Theo Nghị quyết số 06-NQ-TU.", "Theo Nghị quyết số 06-NQ/TU."),
    "citation-title": (
        "Nghị quyết số 9-NQ/TU, ngày 02/3/2023 về công tác dân vận; Nghị quyết số 9-NQ/TU về công tác dân tộc.",
        "Nghị quyết số 9-NQ/TU, ngày 02/3/2023 về công tác dân vận; Nghị quyết số 9-NQ/TU về công tác dân vận.",
    ),
    "citation-two-dates": (
        "Nghị quyết số 9-NQ/TU, ngày 02/3/2023 về dân vận; Nghị quyết số 9-NQ/TU, ngày 03/3/2023.",
        "Nghị quyết số 9-NQ/TU, ngày 02/3/2023 về dân vận; Nghị quyết số 9-NQ/TU, ngày 02/3/2023.",
    ),
    "citation-type": (f"Theo {CITED}.".replace("Kế hoạch", "Quyết định"), f"Theo {CITED}."),
    "citation-unknown": ("Quyết định số 1719/QĐ-TTg, ngày 14/10/2021 về chương trình.", f"Theo {CITED}."),
    "evidence-as-of": (R + "Đến nay có 820 người có uy tín.", R + "Tính đến ngày 30/9/2024 có 820 người có uy tín."),
    "evidence-base": ("Có 100% xã vùng cao có điện, 100% xã có trạm y tế.", "Có 100% xã vùng cao có điện, có trạm y tế."),
    "evidence-directed": (
        f"Ban Thường vụ Tỉnh ủy chỉ đạo đánh giá {CITED}. Tỉnh ủy chỉ đạo đánh giá Kế hoạch số 12-KH/BDVTU-BDT.",
        f"Ban Thường vụ Tỉnh ủy chỉ đạo đánh giá {CITED}. Ban Thường vụ Tỉnh ủy chỉ đạo đánh giá Kế hoạch số 12-KH/BDVTU-BDT.",
    ),
    "evidence-fraction": ("Có 8/8/9 đơn vị đã ký.", "Có 8/8 đơn vị đã ký, trên tổng số 9, ngày 8/8/2024."),
    "evidence-general": ("Tỷ lệ cao hơn 2 điểm so với mức chung toàn tỉnh.", "Tỷ lệ cao hơn 2 điểm so với nhóm còn lại."),
    "evidence-inspection": (
        R + "Đoàn kiểm tra đã đến huyện Tân An.", R + "Đoàn kiểm tra đã đến huyện Tân An và có kiến nghị.",
    ),
    "evidence-note": (
        "Các huyện đã xây dựng chương trình năm 2024¹.\n\n¹ Đã ký giai đoạn 2022-2025.",
        "Các huyện đã xây dựng chương trình năm 2024¹.\n\n¹ Đã ký trong năm.",
    ),
    "evidence-parts": (
        "Tỷ lệ hộ nghèo là 10% (10 hộ/100 hộ). Năm sau tỷ lệ hộ nghèo là 9%.",
        "Tỷ lệ hộ nghèo là 10% (10 hộ/100 hộ). Năm sau tỷ lệ hộ nghèo là 9% (9 hộ/100 hộ).",
    ),
    "evidence-partner": (R + "Ban chủ trì, phối hợp tổ chức.", R + "Ban chủ trì, phối hợp với Ban Dân tộc tỉnh tổ chức."),
    "evidence-plan": (R + "Cấp tỉnh đã ban hành kế hoạch và triển khai.", R + f"Cấp tỉnh đã ban hành {CITED}."),
    "evidence-rate": (
        "Tỷ lệ hộ nghèo, hộ cận nghèo còn cao.\nHộ nghèo 8,5%.",
        "Tỷ lệ hộ nghèo, hộ cận nghèo còn cao.\nHộ nghèo 8,5%, hộ cận nghèo 4%.",
    ),
    "evidence-uncounted": (R + "Đã thăm hỏi, tặng quà nhân dịp Tết.", R + "Đã thăm hỏi, tặng quà 20 gia đình nhân dịp Tết."),
    "figure-bound": ("Có gần 820 người có uy tín.", "Có 820 người có uy tín."),
    "figure-unit": ("Có 820 hộ tham gia.", "Có 820 người tham gia."),
    "figure-unknown": ("Có 777 hộ tham gia.", "Có 8.238 hộ tham gia."),
    "identity-again": (
        "Tổ chức 05 hội nghị cung cấp thông tin cho cán bộ.\nTổ chức 36 hội nghị cung cấp thông tin cho cán bộ.",
        "Tổ chức 05 hội nghị cung cấp thông tin cho cán bộ.\nTổ chức 36 hội nghị nắm tình hình ở cơ sở.",
    ),
    "identity-date": (HEAD.format(title=TITLE).replace("ngày 20 tháng 10 năm 2024", "2024"), HEAD.format(title=TITLE)),
    "identity-issuer": (HEAD.format(title=TITLE).removeprefix("BAN DÂN VẬN TỈNH ỦY\n"), HEAD.format(title=TITLE)),
    "identity-number": (HEAD.format(title=TITLE).replace("Số 25-BC/BDVTU\n", ""), HEAD.format(title=TITLE)),
    "identity-recipient": (
        HEAD.format(title=TITLE) + TAIL.format(more="- Ban Dân tộc tỉnh;\n", sign=""),
        HEAD.format(title=TITLE) + TAIL.format(more="", sign=""),
    ),
    "identity-signature": (
        HEAD.format(title=TITLE) + TAIL.format(more="", sign=""),
        HEAD.format(title=TITLE) + TAIL.format(more="", sign="TM. BAN DÂN TỘC TỈNH"),
    ),
    "identity-two-shares": (
        "Tỷ lệ hộ nghèo dân tộc thiểu số còn 6,47%.\nKết luận: tỷ lệ hộ nghèo dân tộc thiểu số còn 6,74%.",
        "Tỷ lệ hộ nghèo dân tộc thiểu số còn 6,47%.\nKết luận: tỷ lệ hộ nghèo dân tộc thiểu số còn 6,47%.",
    ),
    "identity-year": (R + "Trong năm 2025 đã họp.", R + "Trong năm 2024 đã họp, định hướng đến năm 2030."),
    "name-accents": ("Tại huyện Nậm Khe có việc.", "Tại huyện Nậm Khê có việc."),
    "name-ambiguous": ("Tại huyện Tàn Ăn có việc.", "Tại huyện Tấn Ân có việc."),
    "name-kind": ("Tại thành phố Hạ Lâm có việc.", "Tại thị xã Hạ Lâm có việc."),
    "promise-measure": (
        LIMITS + "- Việc tập huấn ở 02 huyện chưa đều, do thiếu cán bộ." + N.replace("II", "III") + "Tiếp tục tuyên truyền.",
        LIMITS + "- Việc tập huấn ở 02 huyện chưa đều, do thiếu cán bộ." + N.replace("II", "III") + "Mở 20 lớp tập huấn.",
    ),
    "promise-next": (
        R + "1. Công tác tuyên truyền, tập huấn\n\nĐã tuyên truyền, tập huấn." + N + "Kiểm tra cơ sở.",
        R + "1. Công tác tuyên truyền, tập huấn\n\nĐã tuyên truyền, tập huấn." + N + "Tiếp tục tuyên truyền.",
    ),
    "promise-opening": (
        R + "Tổ chức thực hiện công tác biểu dương các điển hình tiên tiến trong năm: tỉnh mở hội nghị cho người có uy tín ở"
        " các huyện và cho cán bộ xã, thôn, bản trên địa bàn.",
        R + "Tổ chức thực hiện công tác biểu dương các điển hình tiên tiến trong năm: tỉnh biểu dương người có uy tín ở"
        " các huyện và các cán bộ xã, thôn, bản trên địa bàn.",
    ),
    "promise-programme": (R + "Đã làm." + N + "Tiếp tục.", R + "Đã làm." + N + "Tiếp tục Chương trình số 05-CTr/BDVTU-BDT."),
    "promise-same": (
        R + "1. Tuyên truyền\n\nĐưa đoàn đi học tập kinh nghiệm.\n\n2. Cán bộ\n\nCử người đi học tập kinh nghiệm.",
        R + "1. Tuyên truyền\n\nĐưa đoàn đi học tập kinh nghiệm.\n\n2. Cán bộ\n\nCử người đi bồi dưỡng.",
    ),
    "promise-scope": (
        R + "1. Tuyên truyền, tập huấn vùng dân tộc thiểu số\n\nTuyên truyền, tập huấn 20 lớp cho 300 người.",
        R + "1. Tuyên truyền, tập huấn vùng dân tộc thiểu số\n\nTuyên truyền, tập huấn 20 lớp cho 300 người dân tộc thiểu số.",
    ),
    "promise-target": (R + "Đã làm." + N + "Tiếp tục tuyên truyền.", R + "Đã làm." + N + "Tổ chức 05 hội nghị tuyên truyền."),
    "promise-uncounted": (
        R + "1. Công tác tuyên truyền, tập huấn\n\nTuyên truyền 02 đợt. Tập huấn cán bộ.",
        R + "1. Công tác tuyên truyền, tập huấn\n\nTuyên truyền 02 đợt. Tập huấn cán bộ 20 lớp.",
    ),
    "promise-unmet": (
        R + "1. Công tác tuyên truyền, tập huấn, kiểm tra\n\nTuyên truyền 02 đợt. Tập huấn 20 lớp.",
        R + "1. Công tác tuyên truyền, tập huấn, kiểm tra\n\nTuyên truyền 02 đợt. Tập huấn 20 lớp. Kiểm tra 02 xã.",
    ),
    "qualifier-exact": ("Có gần 4.152 lượt.", "Có gần 4.150 lượt."),
    "qualifier-twice": ("Có khoảng gần 4.150 lượt.", "Có gần 4.150 lượt."),
    "quote-unclosed": ("Phong trào “Dân vận khéo phát triển.", "Phong trào “Dân vận khéo” phát triển."),
    "quote-unopened": ("Phong trào Dân vận khéo” phát triển.", "Phong trào “Dân vận khéo” phát triển; a) một; b) hai."),
    "slip-accent": (
        "Phát huy khối đại đoàn kết toàn dân. Giữ khối đại đoàn kết toàn dân. Củng cố khối đại đoàn kềt toàn dân.",
        "Phát huy khối đại đoàn kết toàn dân. Giữ khối đại đoàn kết toàn dân, khỏi đại đoàn kềt.",
    ),
    "slip-doubled": ("Đã đã tổ chức nhưng nhưng chưa xong.", "Đã tổ chức nhưng chưa xong, luôn luôn cố gắng."),
    "slip-placeholder": (
        "Nguyên nhân: [CẦN BỔ SUNG: nguyên nhân].", "Nguyên nhân: thiếu cán bộ theo dõi [1], v.v...",
    ),
    "slip-word": ("Dân tộc thiểu số (sau đây viết tất là DTTS).", "Dân tộc thiểu số (sau đây viết tắt là DTTS)."),
    "slip-year": ("Hội nghị ở miền núi năm cho cán bộ.", "Hội nghị ở miền núi năm 2024 cho cán bộ, trong năm cho ba nơi."),
    "sum-anniversary": (
        R + f"Sơ kết 05 năm thực hiện {CITED}.", R + f"Tình hình sau 02 tháng thực hiện {CITED}.",
    ),
    "sum-difference": ("Đạt 8,57%, cao hơn 4,32% so với tỉnh (4,35%).", "Đạt 8,57%, cao hơn 4,22% so với tỉnh (4,35%)."),
    "sum-parts": ("Có 2.359 mô hình (trong đó 1.797 mô hình tập thể, 560 mô hình cá nhân).",
                  "Có 2.359 mô hình (trong đó 1.797 mô hình tập thể, 562 mô hình cá nhân)."),
    "sum-points": ("Đạt 8,57%, cao hơn 4,22% so với tỉnh (4,35%).",
                   "Đạt 8,57%, cao hơn 4,22 điểm phần trăm so với tỉnh (4,35%)."),
    "sum-ratio": ("Tỷ lệ 8,75% (8.238 hộ/96.105 hộ).", "Tỷ lệ 8,57% (8.238 hộ/96.105 hộ)."),
    "sum-share": ("Có 120% hộ đăng ký.", "Đạt 120% kế hoạch."),
    "typography-blank": ("Tuyên truyền , vận động.", "Tuyên truyền, vận động."),
    "typography-capital": ("Theo mục tiêu quốc gia và mục tiêu Quốc gia.", "Theo mục tiêu quốc gia và mục tiêu quốc gia."),
    "typography-composed": ("Việt Nam.", "Việt Nam."),
    "typography-end": (R + "Lãnh đạo tỉnh đã gặp gỡ, đối thoại với người dân ở các xã vùng cao",
                       R + "Lãnh đạo tỉnh đã gặp gỡ, đối thoại với người dân ở các xã vùng cao."),
    "typography-hidden": ("Tuyên\u200btruyền.", "Tuyên truyền."),
    "typography-order": (
        R + "1. Tuyên truyền\n\nĐã làm.\n\n3. Kiểm tra\n\nĐã làm.", R + "1. Tuyên truyền\n\nĐã làm.\n\n2. Kiểm tra\n\nĐã làm.",
    ),
    "typography-pair": ("Kinh tế - xã hội và kinh tế-xã hội.", "Kinh tế - xã hội và kinh tế - xã hội."),
    "typography-period": ("Từ 2021-2025 đến 2026 - 2030.", "Từ 2021-2025 đến 2026-2030."),
    "typography-recipients": (
        HEAD.format(title=TITLE) + TAIL.format(more="- Ban Tổ chức,\n", sign=""),
        HEAD.format(title=TITLE) + TAIL.format(more="- Ban Tổ chức;\n", sign=""),
    ),
    "typography-script": ("Vận đ\u043eng.", "Vận động."),
    "typography-tone": ("Văn hóa và xã hội hoá.", "Văn hóa và xã hội hóa."),
    "typography-zero": ("Có 02 đợt, 03 cuộc và 4 lần.", "Có 02 đợt, 03 cuộc và 04 lần."),
}  # fmt: skip
PAIRS["typography-composed"] = ("Viê\u0323t Nam.", "Việt Nam.")
