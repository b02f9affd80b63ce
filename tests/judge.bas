REM Accepts or rejects all tracked changes of documents, and writes what is left, a JSON value a line.

Dim lines As Object

Sub Judge(listing As String)
  Dim files As Object, jobs As Object, job
  On Error GoTo Failed
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  jobs = createUnoService("com.sun.star.io.TextInputStream")
  jobs.setInputStream(files.openFileRead(listing))
  jobs.setEncoding("UTF-8")
  Do While Not jobs.isEOF()
    job = Split(jobs.readLine(), "|")
    If UBound(job) = 2 Then One(files, job(0), job(1), job(2))
  Loop
  jobs.closeInput()
  StarDesktop.terminate()
  Exit Sub
Failed:
  lines = createUnoService("com.sun.star.io.TextOutputStream")
  lines.setOutputStream(files.openFileWrite(listing & ".failed"))
  lines.writeString(Error & " in line " & Erl)
  lines.closeOutput()
  StarDesktop.terminate()
End Sub

Sub One(files As Object, source As String, what As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim document As Object, dispatcher As Object, n As Long, note As Object
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" & what & "AllTrackedChanges", "", 0, Array())
  lines = createUnoService("com.sun.star.io.TextOutputStream")
  lines.setOutputStream(files.openFileWrite(target))
  lines.setEncoding("UTF-8")
  Story(document.Text)
  For n = 0 To document.Footnotes.Count - 1
    note = document.Footnotes.getByIndex(n)
    Footnote(n + 1, note)
  Next n
  Dim left As Long, changes As Object
  changes = document.Redlines.createEnumeration()
  Do While changes.hasMoreElements()
    changes.nextElement()
    left = left + 1
  Loop
  lines.writeString(CStr(left) & Chr(10))
  lines.flush()
  lines.closeOutput()
  document.close(True)
End Sub

Sub Story(words As Object)
  Dim blocks As Object, block As Object, cell As String, n As Long
  blocks = words.createEnumeration()
  Do While blocks.hasMoreElements()
    block = blocks.nextElement()
    If block.supportsService("com.sun.star.text.TextTable") Then
      For n = 0 To UBound(block.CellNames)
        Story(block.getCellByName(block.CellNames(n)))
      Next n
    Else
      Said("p", block.ParaStyleName, block.ListLabelString, block)
    End If
  Loop
End Sub

Sub Footnote(number As Long, note As Object)
  Dim blocks As Object
  blocks = note.createEnumeration()
  Do While blocks.hasMoreElements()
    Said("note", "", CStr(number), blocks.nextElement())
  Loop
End Sub

Sub Said(kind As String, styleName As String, label As String, block As Object)
  Dim portions As Object, portion As Object, words As String, house As String
  house = "false"
  portions = block.createEnumeration()
  Do While portions.hasMoreElements()
    portion = portions.nextElement()
    Select Case portion.TextPortionType
      Case "Text"
        words = words & portion.String
      Case "Bookmark"
        If Left(portion.Bookmark.Name, 14) = "_paraph_house_" Then house = "true"
    End Select
  Loop
  lines.writeString("[" & Quoted(kind) & "," & Quoted(styleName) & "," & house & "," & Quoted(label) & "," & Quoted(words) & "]" & Chr(10))
End Sub

Function Quoted(text As String) As String
  Dim made As String
  made = Replace(text, "\", "\\")
  made = Replace(made, """", "\""")
  made = Replace(made, Chr(10), "\n")
  made = Replace(made, Chr(13), "\r")
  made = Replace(made, Chr(9), "\t")
  Quoted = """" & made & """"
End Function
