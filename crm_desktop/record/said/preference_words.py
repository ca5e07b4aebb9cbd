"""The words of guests' preferences: kinds, allergens, polarity, and who told."""

from __future__ import annotations

KINDS = (
    "food", "drink", "room", "bed", "pillow", "temperature", "noise", "smoking", "newspaper", "seat", "service", "salutation",
    "religion", "health", "gift", "habit",
)  # fmt: skip
POLARITIES = ("never", "must", "dislike", "like")  # the stronger first
WORDS = {
    "food": "菜 饭 面条 米饭 水果 葡萄 西瓜 苹果 香蕉 橙 梨 香菜 葱 蒜 姜 辣 甜 咸 油腻 清淡 盐 糖 味精 牛肉 羊肉 猪肉 鸡肉 鸭 鱼 肉 海鲜 豆腐 粥 早餐 素食 吃素 素菜"
    " 点心 蛋糕 巧克力 零食 内脏 口味 忌口 生冷 food dish spicy fruit coriander garlic onion pork beef lamb fish meat vegetarian vegan rice noodles cake"
    " chocolate breakfast dessert",
    "drink": "茶 咖啡 酒 水 饮料 果汁 可乐 豆浆 红酒 白酒 黄酒 啤酒 香槟 冰块 tea coffee wine beer water juice whisky whiskey alcohol champagne cola drink ice",
    "room": "楼层 高层 低层 朝南 朝北 朝向 景观 湖景 套房 房型 电梯 浴缸 淋浴 阳台 窗 尾号 房号 room floor view suite bathtub balcony elevator lift shower",
    "bed": "床 床垫 床单 被子 被褥 毯子 大床 双床 褥子 bed mattress duvet blanket sheets twin king",
    "pillow": "枕头 枕 荞麦枕 软枕 硬枕 pillow pillows",
    "temperature": "空调 温度 冷 热 风扇 暖气 度 电扇 aircon air-conditioning temperature fan heating cold warm",
    "noise": "吵 安静 噪音 噪声 隔音 声音 清静 noise quiet noisy silence silent",
    "smoking": "烟 吸烟 抽烟 无烟 戒烟 smoke smoking smoker non-smoking cigar",
    "newspaper": "报纸 杂志 newspaper magazine",
    "seat": "座位 靠窗 靠边 角落 卡座 主位 seat window-seat corner",
    "service": "打扫 开夜床 叫醒 打扰 洗衣 行李 叫早 退房 接机 接站 送餐 服务 拖鞋 浴袍 熨烫 cleaning turndown wake-up laundry luggage pick-up check-out service disturb",
    "salutation": "称呼 叫他 叫她 尊称 address called",
    "religion": "清真 穆斯林 佛教 礼拜 祷告 halal muslim kosher prayer buddhist",
    "health": "糖尿病 高血压 心脏 痛风 腰 膝盖 轮椅 药 孕 哮喘 花粉 尘螨 diabetes diabetic wheelchair asthma pregnant blood-pressure knee",
    "gift": "礼物 礼品 鲜花 花束 百合 贺卡 伴手礼 gift flowers lilies card present",
    "habit": "习惯 早起 晚睡 跑步 健身 散步 游泳 午睡 瑜伽 habit jogging running gym swimming yoga nap",
}
WEAK = {"吃": "food", "喝": "drink", "住": "room", "睡": "bed", "房间": "room", "eat": "food", "eats": "food", "drinks": "drink", "sleeps": "bed"}
ALLERGENS = {
    "peanut": "花生 peanut peanuts groundnut", "seafood": "海鲜 海产 seafood", "shellfish": "虾蟹 shellfish",
    "crustacean": "虾 蟹 甲壳类 龙虾 shrimp shrimps prawn prawns crab crabs lobster",
    "mollusc": "贝类 贝 牡蛎 生蚝 扇贝 蛤蜊 鱿鱼 章鱼 墨鱼 oyster oysters clam clams mussels squid", "fish": "鱼 fish",
    "milk": "牛奶 奶制品 乳制品 乳糖 奶酪 芝士 黄油 奶油 milk dairy lactose cheese", "egg": "鸡蛋 蛋类 蛋清 蛋黄 egg eggs",
    "nuts": "坚果 核桃 杏仁 腰果 榛子 开心果 nut nuts walnut walnuts almond almonds cashew cashews hazelnut",
    "gluten": "麸质 麦麸 小麦 面筋 面粉 荞麦面 gluten wheat", "soy": "大豆 黄豆 豆制品 soy soya soybean",
    "sesame": "芝麻 麻油 sesame", "celery": "芹菜 西芹 celery", "mustard": "芥末 芥菜籽 mustard", "sulphite": "亚硫酸 二氧化硫 sulphite sulphites sulfites",
    "lupin": "羽扇豆 lupin", "mango": "芒果 mango mangoes", "pineapple": "菠萝 凤梨 pineapple", "kiwi": "猕猴桃 奇异果 kiwi",
    "peach": "桃子 桃毛 水蜜桃 peach peaches", "alcohol": "酒精 alcohol", "feather": "羽绒 羽毛 鸭绒 鹅绒 feather feathers goose-down",
    "buckwheat": "荞麦 buckwheat", "latex": "乳胶 latex", "pollen": "花粉 鲜花 百合 pollen lilies", "dust": "尘螨 灰尘 螨虫 dust mites",
    "animal_hair": "猫毛 狗毛 宠物毛 动物毛 cat-hair dog-hair", "fragrance": "香水 香薰 香精 perfume fragrance",
    "penicillin": "青霉素 头孢 penicillin",
}  # fmt: skip
COVERS = {"seafood": ("fish", "crustacean", "mollusc"), "shellfish": ("crustacean", "mollusc")}  # what a wide word forbids
KIND_OF = {
    "feather": "pillow", "latex": "pillow", "buckwheat": "pillow", "pollen": "health", "dust": "health", "animal_hair": "health",
    "fragrance": "health", "penicillin": "health", "alcohol": "drink",
}  # fmt: skip
NO_ALLERGEN = ("鱼香", "木鱼", "章鱼", "鱿鱼", "墨鱼", "荞麦面", "美人鱼")  # longer words that hide a shorter one
POLARITY = (
    r"(?P<skip>[不无]过敏|没有?过敏|不是过敏|不忌口|[特分个性级区辨识告送离话]别|别[的墅处]|别人(?!打扰)|[主重紧]要|要[点闻紧好是么素不]|爱[人马尔尚]|[可友仁敬]爱|忌[日辰]"
    r"|害怕的|恐怕|哪怕|不如|(?<![a-z])(?:no\.? ?[0-9]|no problem|not only|would not mind|like that))"
    r"|(?P<never>(?:严重)?过敏|禁?忌口?|忌讳|禁食|严禁|不(?:能|可以?)(?:吃|喝|用|碰|有|住|放|送|闻|进)?|绝不|切勿|切忌|千万[别不]要?|不耐受|清真|穆斯林"
    r"|(?<![a-z])(?:halal|kosher|muslim|allergic(?: to)?|allerg(?:y|ies)(?: to)?|never|must not|cannot|can't|can not|intolerant(?: to)?)(?![a-z]))"
    r"|(?P<must>必须|务必|一定要?|只[吃喝住要睡用]|素食|吃素|(?<![a-z])(?:must|only|always|vegetarian|vegan)(?![a-z]))"
    r"|(?P<dislike>不(?:太|怎么|大|很|是很|再|想|肯|愿意?)?(?:喜欢|爱|吃|喝|要|想|习惯|碰|用|住|睡|沾|抽|接受)|不想|讨厌|嫌|怕|受不了|反感|拒绝|谢绝|厌恶|请?勿|别"
    r"|(?<![a-z])(?:dislikes?|hates?|does ?n[o']t (?:like|eat|drink|want)|do ?n[o']t (?:like|eat|drink|want|disturb)|doesn't|don't|avoids?|no|not|without)(?![a-z]))"
    r"|(?P<like>喜欢|喜爱|偏爱|偏好|爱好|最爱|钟爱|爱|想要|需要|希望|习惯|要求?|常(?=[喝吃用点看住])|(?<![a-z])(?:likes?|loves?|prefers?|wants?|enjoys?|favou?rite|needs?)(?![a-z]))"
)
TOLD = {
    "guest": "本人 自己 客人 他说 她说 himself herself guest",
    "family": "太太 夫人 先生 爱人 老婆 老公 丈夫 妻子 女儿 儿子 妈 爸 母亲 父亲 家人 家属 孩子 妹 姐夫 wife husband mother father daughter son family",
    "assistant": "秘书 助理 司机 随行 翻译 secretary assistant driver interpreter pa",
    "doctor": "医生 大夫 医院 医嘱 doctor physician",
    "seen": "看到 看见 观察 发现 seen noticed observed",
    "staff": "前台 管家 服务员 客房 餐厅 大堂 礼宾 主管 经理 同事 厨师 领班 保安 gro staff reception receptionist front desk butler housekeeping waiter concierge colleague",
}
EVIDENCE = (
    r"医生(?:的)?证明|诊断(?:书|证明)?|病历|医嘱|化验单|照片|(?:菜)?(?:没|未)动过?|没吃完|剩了?一?[半大]|退回"
    r"|(?<![a-z])(?:doctor'?s? (?:note|certificate|letter)|medical (?:note|certificate)|photo|left untouched)(?![a-z])"
)
