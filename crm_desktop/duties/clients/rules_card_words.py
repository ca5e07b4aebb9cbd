"""The words business cards and chat signatures are read by: labels, kinds of firms, posts, surnames."""

from __future__ import annotations

LABELS = {  # what stands before a value -> what the value is; "" for what is kept nowhere of its own
    "name": "姓名|联系人|联络人|收件人|发件人|寄件人|会务组|会务|name|contact|from",
    "phone": "手机号码|手机号|手机|移动电话|mobile phone|mobile|mob|cell",
    "office": "办公电话|联系电话|单位电话|公司电话|固定电话|固话|座机|总机|直线|电话|telephone|tel|phone|direct|office",
    "fax": "传真号码|传真|telefax|fax",
    "email": "电子邮箱|电子邮件|邮箱|邮件|e-?mail|mail",
    "wechat": "微信号码|微信号|微信|wechat id|wechat|weixin|wx",
    "qq": "qq号码|qq号|qq",
    "post": "邮政编码|邮编|postcode|post code|zip code|zip",
    "to": "to",
    "address": "地址、电话|地址及电话|公司地址|工厂地址|门店地址|店铺地址|酒店地址|药房地址|办公室地址|厂址|店址|单位地址|联系地址|办公地址|注册地址|收件地址|通讯地址|地址|address|addr|add",
    "company": "公司名称|单位名称|企业名称|公司全称|单位全称|企业全称|工作单位|发票抬头|公司抬头|单位抬头|开票抬头|开票名称|抬头|全称|公司|单位|company",
    "department": "所属部门|部门|科室|department|dept",
    "position": "职务|职位|岗位|职称|job title|title|position",
    "website": "公司网址|网址|网站|官网|website|web",
    "credit_code": "统一社会信用代码|社会信用代码|信用代码|纳税人识别号|税号",
    "bank": "开户银行及账号|开户行及账号|开户行及帐号|开户行、账号|开户银行|开户行",
    "bank_account": "银行账号|银行帐号|开户账号|开户帐号|账号|帐号",
}
LETTERS = {"m": "phone", "c": "phone", "t": "office", "o": "office", "d": "office", "f": "fax", "e": "email", "a": "address", "w": "website", "p": "phone"}
SIGNS = {  # the little pictures of signatures
    "📱": "手机:", "☎": "电话:", "📞": "电话:", "☏": "电话:", "📠": "传真:", "📧": "邮箱:", "✉": "邮箱:", "📩": "邮箱:", "📍": "地址:", "🏠": "地址:", "🏢": "地址:",
    "🌐": "网址:", "💬": "微信:", "👤": "姓名:",
}  # fmt: skip
FIRM = (
    r"(?:公司|集团|银行|支行|分行|营业部|大学|学院|学校|中学|小学|幼儿园|医院|卫生院|诊所|事务所|旅行社|国旅|商旅|会展|会议服务|协会|学会|商会|联合会|基金会|俱乐部|研究院|设计院|分院|总院|研究所|检测所"
    r"|委员会|居委会|村委会|管委会|管理局|发展局|电业局|税务局|公安局|教育局|体育局|文旅局|统计局|财政局|卫健委|发改委|总局|分局|法院|检察院|派出所|人民政府|办公厅|商务厅|街道办事处|街道办|办事处"
    r"|中心|工厂|[\u3400-\u9fff]{3}厂|酒店|宾馆|饭店|酒楼|会所|药房|婚庆|影楼|超市|商场|商行|总部|株式会社|会社|工作室|出版社|报社|电视台|杂志社|物业|传媒|置业|地产|实业|纺织|贸易|科技|软件|医疗|制药|药业"
    r"|[\u3400-\u9fff]{2}(?:服饰|面料|电商|物流|存储|电子|机械|装饰|能源|生物|食品|家居|控股|投资|证券|保险|餐饮|文旅)|[\u3400-\u9fff]{4}(?:策划|广告|设计|建筑|建设|国际|旅游|教育))$"
    r"|^株式会社\S{2,}|\b(?:Ltd|Limited|Inc|Co|GmbH|AG|LLC|LLP|PLC|Pte|Corp|Corporation|Company|Group|Holdings?|Bank|University|Institute|College|School|Hospital|Association|Hotel|Branch|Technologies"
    r"|Trading|Studio|Embassy|Consulate|Agency|K\.K)\.?$"
)  # the ends of the names of firms
POST = (
    r"(?:经理|总监|主任|主管|专员|助理|总裁|董事长|董事|处长|科长|部长|局长|厅长|院长|校长|园长|所长|站长|社长|队长|馆长|镇长|乡长|村长|县长|区长|市长|会计|出纳|秘书|秘书长|代表|工程师|总工|顾问|组长"
    r"|班长|店长|厂长|行长|主席|会长|理事长?|监事|老师|教授|讲师|研究员|律师|仲裁员|公证员|策划师?|计调|导游|领队|统筹|书记|法人|合伙人|创始人|负责人|联系人|首席\S{0,6}官|财务负责人|干事|科员|调研员|巡视员"
    r"|医师|医生|护士长?|药师|设计师|建筑师|会计师|架构师|分析师|编辑|总编|记者|导演|制片人?|客服|前台|文员|采购员?|业务员|销售员?|跟单|买手|店员|司机|人事|行政|政委|参谋|协调人|发言人|科学家|作家|画家|导师|总管|管家|主厨|厨师长)$"
    r"|^(?:HR|HRBP|HRD|CEO|CFO|COO|CTO|CMO|CIO|VP|GM|MD)$"
    r"|\b(?:Manager|Director|President|Officer|Assistant|Secretary|Engineer|Consultant|Executive|Head|Chair(?:man|woman|person)?|Accountant|Founder|Partner|Buyer|Supervisor|Coordinator|Specialist"
    r"|Representative|Planner|Editor|Analyst|Lawyer|Attorney|Professor|Architect|Designer|Buyer|Merchandiser|Controller|Superintendent|CEO|CFO|COO|CTO|CMO|VP|GM)\b"
)  # what people are called by their work
CALLED = r"先生|女士|小姐|太太|同志"
SHORT_POSTS = "先生|女士|小姐|太太|总|工|局|处|董|姐|哥|Sir|老师|经理|主任|书记|主席|部长|处长|科长|局长|院长|校长|会长|行长|师傅|导|律师|教授|医生|博士|老板|秘书|会计|队长"
FRONT = r"(?:副?总经理|常务副总|副总|销售经理|客户经理|采购经理|人事经理|行政经理|项目经理|财务经理|经理|总监|副?主任|会计|秘书|副?处长|副?科长|副?部长|副?局长|董事长|总裁|副总裁|书记|助理|主管)"
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓单杭洪包诸左石崔吉龚程邢裴陆荣翁荀"
    "羊惠甄曲封储靳井段富焦山谷车侯全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹龙叶幸司郜黎乔苍双闻莘党翟谭贡劳姬申堵冉郦雍桑桂牛寿通边燕冀尚农温庄晏柴瞿阎连习艾易慎戈廖终居衡步都耿满弘匡国文寇广东欧沃利越"
    "隆师巩聂敖融冷辛阚那简饶空曾关岳覃佟佘郁肖游涂屠龑么查盖朴区员种逄谌薄祭竺练阳闫代付邸苟兰由仝冼麦丘钭古巫占尧丛岱原浦商帅缑亓战楼"
)  # simplified
JAPANESE = ("佐藤", "铃木", "鈴木", "高桥", "高橋", "田中", "伊藤", "渡边", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田", "山口", "松本", "井上", "木村", "清水", "斋藤", "斎藤", "池田", "桥本", "橋本", "石川")
NO_NAMES = (  # words that begin like a surname
    "高级 安全 常务 金融 车间 房务 包装 水电 卫生 华东 华南 华北 华中 温泉 童装 党委 党群 安保 安监 商务 和平 平面 成本 全国 全球 全屋 文化 国内 国际 国贸 广告 农业 严选 宁波 温州 金华 常州 苏州 杭州 江南 江北 江苏 江西"
    " 广东 广州 广西 云南 万豪 贝壳 越城 柯桥 柯岩 万达 万科 安徽 成都 温馨 时尚 时装 双语 全日 金牌 金卡 习惯 经济 方便 项目 余额 谢谢 安排 时间 喻意 文员 边防 相关 解决 支持 支付 应急 应收 应付 陈列 管理 计划 计财 车队 车辆"
)
