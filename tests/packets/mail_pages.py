"""Pages of e-mails as mail programs write them around an attachment: what is typed stands at {words}."""

OUTLOOK = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:w="urn:schemas-microsoft-com:office:word" xmlns:m="http://schemas.microsoft.com/office/2004/12/omml"
 xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="Generator" content="Microsoft Word 15 (filtered medium)">
<!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}
o\\:* {behavior:url(#default#VML);}
w\\:* {behavior:url(#default#VML);}
.shape {behavior:url(#default#VML);}
</style><![endif]--><style><!--
/* Font Definitions */
@font-face
	{font-family:Wingdings;
	panose-1:5 0 0 0 0 0 0 0 0 0;}
@font-face
	{font-family:"Cambria Math";
	panose-1:2 4 5 3 5 4 6 3 2 4;}
@font-face
	{font-family:Aptos;}
/* Style Definitions */
p.MsoNormal, li.MsoNormal, div.MsoNormal
	{margin:0cm;
	font-size:12.0pt;
	font-family:"Aptos",sans-serif;
	mso-ligatures:standardcontextual;
	mso-fareast-language:EN-US;}
a:link, span.MsoHyperlink
	{mso-style-priority:99;
	color:#467886;
	text-decoration:underline;}
span.E-MailFormatvorlage17
	{mso-style-type:personal-compose;
	font-family:"Aptos",sans-serif;
	color:windowtext;}
p.MsoPlainText
	{mso-style-priority:99;
	mso-style-link:"Plain Text Char";
	margin:0in;}
.MsoChpDefault
	{mso-style-type:export-only;
	font-size:10.0pt;}
@page WordSection1
	{size:612.0pt 792.0pt;
	margin:70.85pt 70.85pt 2.0cm 70.85pt;}
div.WordSection1
	{page:WordSection1;}
--></style><!--[if gte mso 9]><xml>
<o:shapedefaults v:ext="edit" spidmax="1026" />
</xml><![endif]--><!--[if gte mso 9]><xml>
<o:shapelayout v:ext="edit">
<o:idmap v:ext="edit" data="1" />
</o:shapelayout></xml><![endif]-->
</head>
<body lang="EN-GB" link="#467886" vlink="#96607D" style="word-wrap:break-word">
<div class="WordSection1">
<p class="MsoNormal"><span lang="FR" style="font-size:11.0pt;mso-fareast-language:EN-US">{words}<o:p>&nbsp;</o:p></span>
</p>
<p class=MsoNormal style='margin-bottom:12.0pt;text-indent:-18.0pt'><a name="_MailOriginal"><o:p>&nbsp;</o:p></a></p>
<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'></div>
</div>
</body>
</html>
"""
OUTLOOK_ON_THE_WEB = """<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">
<style type="text/css" style="display:none;"> P {margin-top:0;margin-bottom:0;} </style>
</head>
<body dir="ltr">
<div class="elementToProof" style="font-family: Aptos, Aptos_EmbeddedFont, Aptos_MSFontService, Calibri, Helvetica, \
sans-serif; font-size: 12pt; color: rgb(0, 0, 0);">
{words}<br>
</div>
<div id="appendonsend"></div>
<hr style="display:inline-block;width:98%" tabindex="-1">
<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000"></font></div>
</body>
</html>
"""
GMAIL = '<div dir="ltr">{words}<br clear="all"><div><br></div><span class="gmail_signature_prefix"></span></div>\r\n'
GMAIL_REPLY = """<div dir="ltr"><div class="gmail_default" style="font-family:verdana,sans-serif;\
font-size:small">{words}</div></div><br><div class="gmail_quote gmail_quote_container">\
<div dir="ltr" class="gmail_attr"><br></div>\
<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);\
padding-left:1ex"><u></u><div><br></div></blockquote></div>
"""
APPLE_MAIL = """<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head>\
<body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;"><br \
id="lineBreakAtBeginningOfMessage"><div>
<meta charset="UTF-8"><div style="caret-color: rgb(0, 0, 0); color: rgb(0, 0, 0); font-family: Helvetica; \
font-size: 12px; font-style: normal; font-variant-caps: normal; font-weight: 400; letter-spacing: normal; \
text-align: start; text-indent: 0px; text-transform: none; white-space: normal; word-spacing: 0px; \
-webkit-text-stroke-width: 0px; text-decoration: none;">{words}</div></div>
<div><br><blockquote type="cite"><div></div></blockquote></div><br class="Apple-interchange-newline"></body></html>
"""
THUNDERBIRD = """<!DOCTYPE html>
<html data-lt-installed="true">
  <head>
    <meta http-equiv="content-type" content="text/html; charset=UTF-8">
    <title></title>
  </head>
  <body text="#000000" bgcolor="#FFFFFF">
    <p style="margin:0px;padding:0px;">{words}<br>
    </p>
    <div class="moz-signature"><pre class="moz-signature" cols="72"></pre></div>
    <div class="moz-cite-prefix"><br></div>
  </body>
</html>
"""
PAGES = {
    "Outlook": OUTLOOK,
    "Outlook on the web": OUTLOOK_ON_THE_WEB,
    "Gmail": GMAIL,
    "Gmail, a reply": GMAIL_REPLY,
    "Apple Mail": APPLE_MAIL,
    "Thunderbird": THUNDERBIRD,
}
STRANGE = {
    "<title><style></title>": "<html><head><title><style></title></head><body>We object</body></html>",
    "a comment in a title": "<title><!-- </title>We object --><p></p>",
    "a comment in styles": "<title><style>/*</title>We object*/</style><p></p>",
    "a comment that ends at once": "<!-->We object<!-- --><p></p>",
    "<xmp>": "<xmp><style></xmp>We object<style></style>",
    "<textarea>": "<textarea><style></textarea>We object<style></style>",
    "placeholder": '<textarea placeholder="We object"></textarea>',
    "<option label>": '<select><option label="We object"></select>',
    "<optgroup label>": '<select size=3><optgroup label="We object"></optgroup></select>',
    "srcdoc": '<iframe srcdoc="We object"></iframe>',
    "<object>": '<object data="data:text/html,We object"></object>',
    "<embed>": '<embed src="data:image/svg+xml,x">',
    "poster": '<video poster="x.png"></video>',
    "<svg>": '<svg><path d="M0 0L9 9"/></svg>',
    "v:textpath": '<v:textpath string="We object"/>',
    "background": '<body background="cid:x"></body>',
    "background-image": "<div style=\"height:99px;background-image:url('cid:x')\"></div>",
    "background with a picture": "<div style='background:url(cid:x)'></div>",
    "bgcolor": "<table><tr><td bgcolor=red width=9 height=9></td></tr></table>",
    "attr()": '<style>div:before{content:attr(data-x)}</style><div data-x="We object"></div>',
    "content of signs": '<style>body:before{content:"✗ ❌"}</style>',
    "content, escaped": '<style>body:before{c\\6fntent:"✗"}</style>',
    "@counter-style": '<style>@counter-style o{system:cyclic;symbols:"We object"} p{x:y}</style>',
    "@import": '<style>@import url("data:text/css,body:before%7bcontent:%27no%27%7d");</style>',
    "<link>": '<link rel=stylesheet href="data:text/css,x">',
    "list-style-type": '<style>ul{list-style-type:"We object"}</style><ul></ul>',
    "list-style": "<ul style=\"list-style:'We object' inside\"></ul>",
    "a number": "<ol start=5><li></ol>",
    "words for Outlook": "<!--[if mso]><p>We object to clause 1</p><![endif]-->",
    "words for Outlook, half": "<!--[if mso]><p>We object to clause 1<p>-->",
    "a thumb": "<p>👎</p>",
    "crosses": "<body>❌❌❌</body>",
    "questions": "<p>???</p>",
    "CDATA": "<![CDATA[We object]]>",
    "a processing instruction": "<?We object?>",
}
"""Pages that show something, each in a way in which no mail program writes words."""
SET_OTHERWISE = {
    "<s>": "<p><s>We approve</s>",
    "line-through": '<p><span style="text-decoration:underline line-through">We approve</span>',
    "Wingdings": "<p><span style='font-family:Wingdings'>D</span>",
    "Webdings": '<p><font face="Webdings">r</font>',
    "hidden": '<p>We <span style="display:none">do not</span> object',
    "white": "<p>We <font style='color:#FFFFFF'>do not</font> object",
    "none of it": '<p>We <span style="font-size:0">do not</span> object',
    "none of it, in short": '<p>We <span style="font:0px Arial">do not</span> object',
    "too small": '<p>We <span style="font-size:2px">do not</span> object',
    "nearly white": '<p>We <span style="color:#fefefe">do not</span> object',
    "white, of the tag": '<p>We <font color="white">do not</font> object',
    "off the page, in em": '<p>We <span style="text-indent:-99em">do not</span> object',
    "off the page": '<p style="text-indent:-9999px">We do not object',
}
"""Pages of which the words are others to the eye."""
