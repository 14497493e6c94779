<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Agelens</source>
        <translation>关于 Agelens</translation>
    </message>
    <message>
        <source>Shows faces at another age, offline: no photo ever leaves this computer.
Results are impressions made by AI. They are no evidence of how anyone looked or will look.
Agelens never asks for new versions; look for them where you got this one.</source>
        <translation>离线呈现不同年龄的面容：照片绝不会离开这台电脑。
结果是由 AI 生成的印象，不能证明任何人过去或将来的样貌。
Agelens 从不自行查询新版本；请到您获取本版本的地方查看。</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
</context>
<context>
    <name>ActionWindow</name>
    <message>
        <source>Space, held</source>
        <translation>按住空格键</translation>
    </message>
    <message>
        <source>See the photo as it was</source>
        <translation>查看照片原貌</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Next face, in the photo</source>
        <translation>照片中的下一张人脸</translation>
    </message>
    <message>
        <source>Ctrl+click</source>
        <translation>Ctrl+单击</translation>
    </message>
    <message>
        <source>Choose one more face, or one less</source>
        <translation>多选或取消选择一张人脸</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>Move the divider or the photo</source>
        <translation>移动分隔线或照片</translation>
    </message>
    <message>
        <source>&amp;Open photos…</source>
        <translation>打开照片(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>打开文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>历史记录(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;Paste photos</source>
        <translation>粘贴照片(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Batch…</source>
        <translation>批处理(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Remove from gallery</source>
        <translation>从图库中移除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Leave the face as it is</source>
        <translation>保持人脸原样(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Next face</source>
        <translation>下一张人脸(&amp;N)</translation>
    </message>
    <message>
        <source>Pre&amp;vious face</source>
        <translation>上一张人脸(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Cancel running work</source>
        <translation>取消正在进行的任务(&amp;C)</translation>
    </message>
    <message>
        <source>S&amp;kip face</source>
        <translation>跳过人脸(&amp;K)</translation>
    </message>
    <message>
        <source>A&amp;dd a face</source>
        <translation>添加人脸(&amp;D)</translation>
    </message>
    <message>
        <source>Choose a&amp;ll faces</source>
        <translation>选择所有人脸(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Fit in window</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>实际大小(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Zoom to face</source>
        <translation>缩放至人脸(&amp;Z)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Show face &amp;boxes</source>
        <translation>显示人脸框(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Timeline</source>
        <translation>时间轴(&amp;T)</translation>
    </message>
    <message>
        <source>T&amp;raining</source>
        <translation>训练(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Agelens</source>
        <translation>关于 Agelens(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Before</source>
        <translation>修改前(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>拆分(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;ide by side</source>
        <translation>并排(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;After</source>
        <translation>修改后(&amp;A)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>打开最近的照片(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>F&amp;ace</source>
        <translation>人脸(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
</context>
<context>
    <name>AgeFace</name>
    <message>
        <source>Putting the faces back into {name}</source>
        <translation>正在将人脸放回 {name}</translation>
    </message>
    <message>
        <source>Ageing face {number} to {age}</source>
        <translation>正在将人脸 {number} 变为 {age} 岁</translation>
    </message>
</context>
<context>
    <name>AgePanel</name>
    <message>
        <source>Previous face</source>
        <translation>上一张人脸</translation>
    </message>
    <message>
        <source>Next face</source>
        <translation>下一张人脸</translation>
    </message>
    <message>
        <source>No face chosen</source>
        <translation>未选择人脸</translation>
    </message>
    <message>
        <source>Face {number} of {count}</source>
        <translation>人脸 {number}（共 {count} 张）</translation>
    </message>
    <message>
        <source>Face {number}</source>
        <translation>人脸 {number}</translation>
    </message>
    <message>
        <source>Face {number} and {beside} more</source>
        <translation>人脸 {number} 及另外 {beside} 张</translation>
    </message>
    <message>
        <source>Looks about {age} years old</source>
        <translation>看起来约 {age} 岁</translation>
    </message>
    <message>
        <source>{age} years old</source>
        <translation>{age} 岁</translation>
    </message>
    <message>
        <source>Skipped; an age brings it back</source>
        <translation>已跳过；选择年龄即可恢复</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Exact age</source>
        <translation>精确年龄</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Exact age in years</source>
        <translation>精确年龄（岁）</translation>
    </message>
    <message>
        <source>Strength in per cent</source>
        <translation>强度（百分比）</translation>
    </message>
    <message>
        <source>The mark shows how old the face looks now.</source>
        <translation>标记表示这张脸现在看起来的年龄。</translation>
    </message>
    <message>
        <source>How much of the change is applied.</source>
        <translation>变化的应用程度。</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Ages {low} to {high}, {size} px, licence {licence}.</source>
        <translation>年龄 {low} 至 {high} 岁，{size} 像素，许可证 {licence}。</translation>
    </message>
</context>
<context>
    <name>AgeTab</name>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>not ready yet</source>
        <translation>尚未就绪</translation>
    </message>
</context>
<context>
    <name>AgeTabs</name>
    <message>
        <source>Age groups</source>
        <translation>年龄段</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>The face as it is</source>
        <translation>人脸原样</translation>
    </message>
    <message>
        <source>Ages {name}</source>
        <translation>年龄 {name}</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Starting the engine</source>
        <translation>正在启动引擎</translation>
    </message>
    <message>
        <source>No ageing model is installed; run the set-up again.</source>
        <translation>未安装任何年龄模型；请重新运行安装程序。</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>关闭消息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>Batch</name>
    <message>
        <source>There is no batch.</source>
        <translation>没有批处理任务。</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n file(s) written</source>
        <translation>
            <numerusform>已写入 {done}/%n 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%n 个已跳过</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>Batch {number} of {total}: {name} at {age}</source>
        <translation>批处理 {number}/{total}：{name}，{age} 岁</translation>
    </message>
    <message>
        <source>“{name}” is already there.</source>
        <translation>“{name}”已存在。</translation>
    </message>
    <message>
        <source>The batch is finished: {summary}</source>
        <translation>批处理已完成：{summary}</translation>
    </message>
    <message>
        <source>The batch&apos;s state cannot be saved; it could not go on after a restart.</source>
        <translation>无法保存批处理的状态；重新启动后将无法继续。</translation>
    </message>
</context>
<context>
    <name>BatchDialog</name>
    <message>
        <source>Batch</source>
        <translation>批处理</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Other ages, such as 25, 65</source>
        <translation>其他年龄，例如 25, 65</translation>
    </message>
    <message>
        <source>Every face</source>
        <translation>所有人脸</translation>
    </message>
    <message>
        <source>The face chosen in each photo, else every face</source>
        <translation>每张照片中选定的人脸，未选定则为所有人脸</translation>
    </message>
    <message>
        <source>As each photo</source>
        <translation>与各照片相同</translation>
    </message>
    <message>
        <source>Give the new file a number</source>
        <translation>为新文件编号</translation>
    </message>
    <message>
        <source>Skip it; keep what is there</source>
        <translation>跳过，保留已有文件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Ages</source>
        <translation>年龄</translation>
    </message>
    <message>
        <source>Other ages</source>
        <translation>其他年龄</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>F&amp;aces</source>
        <translation>人脸(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;If a file is there</source>
        <translation>文件已存在时(&amp;I)</translation>
    </message>
    <message numerus="yes">
        <source>{photos} × {ages} = %n file(s), the first “{name}”.</source>
        <translation>
            <numerusform>{photos} × {ages} = %n 个文件，第一个是“{name}”。</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}, {age} and {number} are filled in.</source>
        <translation>{name}、{age} 和 {number} 会被自动替换。</translation>
    </message>
    <message>
        <source>Write the files to</source>
        <translation>将文件写入</translation>
    </message>
    <message>
        <source>Choose at least one photo.</source>
        <translation>请至少选择一张照片。</translation>
    </message>
    <message>
        <source>“{word}” is no age.</source>
        <translation>“{word}”不是年龄。</translation>
    </message>
    <message>
        <source>The model knows ages from {low} to {high}.</source>
        <translation>该模型支持 {low} 至 {high} 岁。</translation>
    </message>
    <message>
        <source>Choose at least one age.</source>
        <translation>请至少选择一个年龄。</translation>
    </message>
    <message>
        <source>The folder “{name}” does not exist.</source>
        <translation>文件夹“{name}”不存在。</translation>
    </message>
    <message>
        <source>Type a name for the files.</source>
        <translation>请输入文件名称。</translation>
    </message>
    <message>
        <source>“{field}” is not filled in; use {fields}.</source>
        <translation>“{field}”无法替换；请使用 {fields}。</translation>
    </message>
</context>
<context>
    <name>BatchDialogs</name>
    <message>
        <source>Its faces are skipped.</source>
        <translation>其中的人脸均已跳过。</translation>
    </message>
</context>
<context>
    <name>BatchModel</name>
    <message>
        <source>{name} at {age}</source>
        <translation>{name}，{age} 岁</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>working</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>BatchProgress</name>
    <message>
        <source>Batch</source>
        <translation>批处理</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Try failed again</source>
        <translation>重试失败项</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Copy failures</source>
        <translation>复制失败信息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Files of the batch</source>
        <translation>批处理的文件</translation>
    </message>
</context>
<context>
    <name>CanvasScene</name>
    <message>
        <source>Draw a box around the face  ·  Esc to leave</source>
        <translation>在人脸周围画一个框  ·  按 Esc 退出</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修改后</translation>
    </message>
</context>
<context>
    <name>CanvasView</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Faces: {count}</source>
        <translation>人脸：{count}</translation>
    </message>
    <message>
        <source>{face}, chosen; faces in all: {count}</source>
        <translation>{face}，已选择；人脸总数：{count}</translation>
    </message>
</context>
<context>
    <name>ChartLegend</name>
    <message>
        <source>Lines of the chart</source>
        <translation>图表中的曲线</translation>
    </message>
</context>
<context>
    <name>ChooseFace</name>
    <message>
        <source>Previewing face {number} at {group}</source>
        <translation>正在预览人脸 {number}（{group} 岁）</translation>
    </message>
</context>
<context>
    <name>ChooseSigner</name>
    <message>
        <source>Checking the certificate</source>
        <translation>正在检查证书</translation>
    </message>
</context>
<context>
    <name>ClosingQuestion</name>
    <message>
        <source>Training is running</source>
        <translation>训练正在进行</translation>
    </message>
    <message>
        <source>Still training: {runs}. Once stopped, it writes a checkpoint to go on from later. It can also go on without the window, and be stopped in the next one.</source>
        <translation>仍在训练：{runs}。停止时会写出检查点，之后可以继续。也可以在没有窗口时继续，并在下次打开的窗口中停止。</translation>
    </message>
    <message>
        <source>&amp;Stop and close</source>
        <translation>停止并关闭(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Let it go on</source>
        <translation>让它继续(&amp;L)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>CurvesPanel</name>
    <message>
        <source>&amp;Logarithmic</source>
        <translation>对数(&amp;L)</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Smoot&amp;hing</source>
        <translation>平滑(&amp;H)</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Choose a line below to see it.</source>
        <translation>请在下方选择一条曲线。</translation>
    </message>
    <message>
        <source>The first figures appear after some steps.</source>
        <translation>几步之后会出现第一批数值。</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open photos</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Photos and recipes</source>
        <translation>照片和配方</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>打开照片文件夹</translation>
    </message>
    <message>
        <source>This program</source>
        <translation>本程序</translation>
    </message>
    <message>
        <source>Ageing networks and what they were trained on</source>
        <translation>变龄网络及其训练数据</translation>
    </message>
    <message>
        <source>Model files by others</source>
        <translation>第三方模型文件</translation>
    </message>
    <message>
        <source>Python packages</source>
        <translation>Python 软件包</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Open photos…</source>
        <translation>打开照片…</translation>
    </message>
    <message>
        <source>See a face at another age</source>
        <translation>看看不同年龄的面容</translation>
    </message>
    <message>
        <source>Drop photos or a folder here. Nothing leaves this computer.</source>
        <translation>将照片或文件夹拖放到此处。一切都留在这台电脑上。</translation>
    </message>
    <message>
        <source>Or try a sample</source>
        <translation>或试试示例照片</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>The age {age} is out of range: {low} to {high} are possible.</source>
        <translation>年龄 {age} 超出范围：可用范围为 {low} 至 {high}。</translation>
    </message>
    <message>
        <source>The strength is out of range: 0 to 100 %.</source>
        <translation>强度超出范围：应为 0 至 100%。</translation>
    </message>
    <message>
        <source>Choose another device in the settings.</source>
        <translation>请在设置中选择其他设备。</translation>
    </message>
    <message>
        <source>This build has no CUDA.</source>
        <translation>此版本不含 CUDA。</translation>
    </message>
    <message>
        <source>CPU, threads: {count}</source>
        <translation>CPU，线程数：{count}</translation>
    </message>
    <message>
        <source>CPU, threads: {count}, ONNX Runtime</source>
        <translation>CPU，线程数：{count}，ONNX Runtime</translation>
    </message>
    <message>
        <source>The CPU was asked for.</source>
        <translation>已指定使用 CPU。</translation>
    </message>
    <message>
        <source>ONNX Runtime failed ({reason}).</source>
        <translation>ONNX Runtime 运行失败（{reason}）。</translation>
    </message>
    <message>
        <source>There was not enough memory to compute the face; close other programs and try again.</source>
        <translation>内存不足，无法计算人脸；请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>No CUDA device was found.</source>
        <translation>未找到 CUDA 设备。</translation>
    </message>
    <message>
        <source>No Apple GPU was found.</source>
        <translation>未找到 Apple GPU。</translation>
    </message>
    <message>
        <source>ONNX Runtime computes on the CPU alone.</source>
        <translation>ONNX Runtime 仅在 CPU 上计算。</translation>
    </message>
    <message>
        <source>{name} is there and computes what the CPU does.</source>
        <translation>{name} 可用，计算结果与 CPU 一致。</translation>
    </message>
    <message>
        <source>{name} failed its self-test ({reason}).</source>
        <translation>{name} 未通过自检（{reason}）。</translation>
    </message>
    <message>
        <source>There is no device “{name}”.</source>
        <translation>没有设备“{name}”。</translation>
    </message>
    <message>
        <source>{name} computes other numbers than the CPU.</source>
        <translation>{name} 的计算结果与 CPU 不同。</translation>
    </message>
    <message>
        <source>“{name}” cannot sign ({reason}). Choose another certificate.</source>
        <translation>“{name}”无法签名（{reason}）。请选择其他证书。</translation>
    </message>
    <message>
        <source>There is no age to write yet.</source>
        <translation>还没有可写入的年龄。</translation>
    </message>
    <message>
        <source>No MP4 film can be made on this computer ({reason}). End the name in .webp or .gif.</source>
        <translation>这台电脑无法生成 MP4 视频（{reason}）。请将文件名以 .webp 或 .gif 结尾。</translation>
    </message>
    <message>
        <source>“{name}” exists already. Choose another name or allow overwriting.</source>
        <translation>“{name}”已存在。请选择其他名称或允许覆盖。</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist. Create it or choose another one.</source>
        <translation>文件夹 {folder} 不存在。请创建它或选择其他文件夹。</translation>
    </message>
    <message>
        <source>“{name}” cannot be written in the format of its ending. Try .png.</source>
        <translation>“{name}”无法以其扩展名对应的格式写入。请尝试 .png。</translation>
    </message>
    <message>
        <source>There is no room to write “{name}” in {folder}. Free some space or choose another folder.</source>
        <translation>{folder} 中没有空间写入“{name}”。请释放空间或选择其他文件夹。</translation>
    </message>
    <message>
        <source>The quality must be between 1 and 100.</source>
        <translation>质量必须在 1 到 100 之间。</translation>
    </message>
    <message>
        <source>“{name}” cannot be written in {folder} ({reason}). Choose a folder that you may write to.</source>
        <translation>无法将“{name}”写入 {folder}（{reason}）。请选择您有写入权限的文件夹。</translation>
    </message>
    <message>
        <source>“{name}” is the photo itself. Originals are never overwritten: choose another name.</source>
        <translation>“{name}”就是照片本身。原件绝不会被覆盖：请选择其他名称。</translation>
    </message>
    <message>
        <source>The file could not be signed ({reason}).</source>
        <translation>无法为文件签名（{reason}）。</translation>
    </message>
    <message>
        <source>The longest side must be 1 pixel or more.</source>
        <translation>最长边必须至少为 1 像素。</translation>
    </message>
    <message>
        <source>The box lies outside the photo; draw it around a face.</source>
        <translation>方框位于照片之外；请围绕一张人脸绘制。</translation>
    </message>
    <message>
        <source>The face detector failed on this photo; please report it.</source>
        <translation>人脸检测器处理此照片时出错；请报告此问题。</translation>
    </message>
    <message>
        <source>No face was found in “{name}”.</source>
        <translation>在“{name}”中未找到人脸。</translation>
    </message>
    <message>
        <source>No face was found inside the box; draw it around the whole head, or choose a larger or sharper photo of this person.</source>
        <translation>方框内未找到人脸；请围绕整个头部绘制，或选择此人更大或更清晰的照片。</translation>
    </message>
    <message>
        <source>Face {number} is in full profile, turned by {degrees} degrees; faces turned by up to {most} can be aged.</source>
        <translation>人脸 {number} 为完全侧面，转过 {degrees} 度；最多可处理转过 {most} 度的人脸。</translation>
    </message>
    <message>
        <source>There is no region “{name}”.</source>
        <translation>没有区域“{name}”。</translation>
    </message>
    <message>
        <source>Every face asked for is skipped in “{name}”.</source>
        <translation>在“{name}”中，所要求的人脸均被跳过。</translation>
    </message>
    <message>
        <source>Face {number} is {size} pixels across; at least {least} are needed.</source>
        <translation>人脸 {number} 的大小为 {size} 像素；至少需要 {least} 像素。</translation>
    </message>
    <message>
        <source>There is no face {number} in this photo.</source>
        <translation>此照片中没有人脸 {number}。</translation>
    </message>
    <message>
        <source>This version cannot run {name}; update Agelens.</source>
        <translation>此版本无法运行 {name}；请更新 Agelens。</translation>
    </message>
    <message>
        <source>The model file {name} is damaged or altered; reinstall Agelens, or run `make assets` in a checkout.</source>
        <translation>模型文件 {name} 已损坏或被更改；请重新安装 Agelens，或在源代码目录中运行 `make assets`。</translation>
    </message>
    <message>
        <source>The model file {name} is missing; reinstall Agelens, or run `make assets` in a checkout.</source>
        <translation>缺少模型文件 {name}；请重新安装 Agelens，或在源代码目录中运行 `make assets`。</translation>
    </message>
    <message>
        <source>{name} cannot be copied to the folder of your own models.</source>
        <translation>无法将 {name} 复制到您自己的模型文件夹。</translation>
    </message>
    <message>
        <source>{name} is neither a .safetensors nor an .onnx file.</source>
        <translation>{name} 既不是 .safetensors 也不是 .onnx 文件。</translation>
    </message>
    <message>
        <source>{name} is not a model that ages faces.</source>
        <translation>{name} 不是改变人脸年龄的模型。</translation>
    </message>
    <message>
        <source>A model named {name} is installed already.</source>
        <translation>已安装名为 {name} 的模型。</translation>
    </message>
    <message>
        <source>What the manifest says about the weights is not valid ({name}).</source>
        <translation>清单中关于权重的内容无效（{name}）。</translation>
    </message>
    <message>
        <source>Agelens needs the manifest.toml that belongs to {name}; put it into the same folder.</source>
        <translation>Agelens 需要 {name} 所属的 manifest.toml；请将其放入同一文件夹。</translation>
    </message>
    <message>
        <source>{name} is in safetensors, which this build cannot compute; import it as ONNX (`export-weights --onnx` writes that) or run Agelens from its source.</source>
        <translation>{name} 是 safetensors 格式，此版本无法计算；请以 ONNX 格式导入（由 `export-weights --onnx` 写出），或从源代码运行 Agelens。</translation>
    </message>
    <message>
        <source>A network is missing; reinstall Agelens or train a model.</source>
        <translation>缺少网络；请重新安装 Agelens 或训练一个模型。</translation>
    </message>
    <message>
        <source>{name} is a pickle, which may run code when opened; Agelens takes safetensors and ONNX only.</source>
        <translation>{name} 是 pickle 文件，打开时可能运行代码；Agelens 只接受 safetensors 和 ONNX。</translation>
    </message>
    <message>
        <source>The weights of {name} do not fit its network.</source>
        <translation>{name} 的权重与其网络不符。</translation>
    </message>
    <message>
        <source>The model asks for the alignment template {name}, which this version lacks; update Agelens.</source>
        <translation>模型需要对齐模板 {name}，此版本没有；请更新 Agelens。</translation>
    </message>
    <message>
        <source>There is no model {name}.</source>
        <translation>没有模型 {name}。</translation>
    </message>
    <message>
        <source>The weights {name} are truncated or altered. Reinstall Agelens.</source>
        <translation>权重 {name} 不完整或被更改。请重新安装 Agelens。</translation>
    </message>
    <message>
        <source>The weights {name} are missing; copy them back or reinstall Agelens.</source>
        <translation>缺少权重 {name}；请将其复制回来或重新安装 Agelens。</translation>
    </message>
    <message>
        <source>The weights {name} cannot be read.</source>
        <translation>无法读取权重 {name}。</translation>
    </message>
    <message>
        <source>The file is an animation; only its first picture is used.</source>
        <translation>该文件是动画，只使用其第一幅图像。</translation>
    </message>
    <message>
        <source>BMP holds no colour profile, EXIF, XMP or AI marking; they were left out.</source>
        <translation>BMP 不能保存颜色配置文件、EXIF、XMP 或 AI 标记；它们已被省略。</translation>
    </message>
    <message>
        <source>CMYK was converted to sRGB through its own profile.</source>
        <translation>已通过其自带配置文件将 CMYK 转换为 sRGB。</translation>
    </message>
    <message>
        <source>CMYK was converted to sRGB without a profile, colours may differ.</source>
        <translation>已在没有配置文件的情况下将 CMYK 转换为 sRGB，颜色可能不同。</translation>
    </message>
    <message>
        <source>The file has more than 8 bits a colour, in a form of which only 8 bits can be read.</source>
        <translation>该文件每种颜色超过 8 位，但这种形式只能读取 8 位。</translation>
    </message>
    <message>
        <source>The photo&apos;s depth map cannot be kept.</source>
        <translation>无法保留照片的深度图。</translation>
    </message>
    <message>
        <source>The file&apos;s floating-point colours were brought into 16 bits; what is darker than black or brighter than white was cut.</source>
        <translation>该文件的浮点颜色已转换为 16 位；比黑更暗、比白更亮的部分被截去。</translation>
    </message>
    <message>
        <source>The file holds several pictures; only the first is used.</source>
        <translation>该文件包含多张图片；仅使用第一张。</translation>
    </message>
    <message>
        <source>The photo&apos;s HDR gain map cannot be kept; the result has standard brightness.</source>
        <translation>无法保留照片的 HDR 增益图；结果为标准亮度。</translation>
    </message>
    <message>
        <source>The grey colour profile was replaced by sRGB.</source>
        <translation>灰度颜色配置文件已替换为 sRGB。</translation>
    </message>
    <message>
        <source>The photo is in HDR; the result keeps it, but brighter than white is seen as white.</source>
        <translation>照片为 HDR；结果会保留它，但比白更亮的部分显示为白色。</translation>
    </message>
    <message>
        <source>Lab colours were converted to sRGB.</source>
        <translation>Lab 颜色已转换为 sRGB。</translation>
    </message>
    <message>
        <source>The file&apos;s layers cannot be kept; the flattened picture is used.</source>
        <translation>无法保留文件的图层；使用合并后的图像。</translation>
    </message>
    <message>
        <source>The photo&apos;s moving part cannot be kept; only the still picture is used.</source>
        <translation>无法保留照片的动态部分；只使用静态图像。</translation>
    </message>
    <message>
        <source>The file is not signed: c2pa-python is not installed here.</source>
        <translation>文件未签名：此处未安装 c2pa-python。</translation>
    </message>
    <message>
        <source>This format has no transparency; the photo was laid on white.</source>
        <translation>此格式不支持透明；照片已置于白色背景上。</translation>
    </message>
    <message>
        <source>The colour profile does not fit the pixels and was left out.</source>
        <translation>颜色配置文件与像素不符，已省略。</translation>
    </message>
    <message>
        <source>The colour profile is damaged and was left out; colours count as sRGB.</source>
        <translation>颜色配置文件已损坏，未使用；颜色按 sRGB 处理。</translation>
    </message>
    <message>
        <source>The camera raw file was developed with the camera&apos;s white balance into 16-bit sRGB; the result becomes a file of its own, such as TIFF or JPEG.</source>
        <translation>相机 RAW 文件已按相机白平衡冲洗为 16 位 sRGB；结果将另存为 TIFF 或 JPEG 等文件。</translation>
    </message>
    <message>
        <source>The whole photo was compressed again: {decibels} dB like it beside the faces.</source>
        <translation>整张照片已重新压缩：人脸以外与原图的相似度为 {decibels} dB。</translation>
    </message>
    <message>
        <source>The 16-bit colours were rounded to 8 bits for this format.</source>
        <translation>为适应此格式，16 位颜色已舍入为 8 位。</translation>
    </message>
    <message>
        <source>The photo&apos;s XMP metadata is split; only its main part can be kept.</source>
        <translation>照片的 XMP 元数据是分段的；只能保留其主要部分。</translation>
    </message>
    <message>
        <source>The {what} block is too long for a JPEG and was left out.</source>
        <translation>{what} 数据块对 JPEG 而言过长，已省略。</translation>
    </message>
    <message>
        <source>The file was written without content credentials ({reason}).</source>
        <translation>文件已保存，但没有内容凭证（{reason}）。</translation>
    </message>
    <message>
        <source>The photo&apos;s XMP packet is damaged and was replaced.</source>
        <translation>照片的 XMP 数据包已损坏，已被替换。</translation>
    </message>
    <message>
        <source>“{name}” has changed since it was aged; look at it and try again.</source>
        <translation>“{name}”在改变年龄后已被更改；请查看后重试。</translation>
    </message>
    <message>
        <source>“{name}” is empty. Choose an intact copy.</source>
        <translation>“{name}”是空文件。请选择完好的副本。</translation>
    </message>
    <message>
        <source>“{name}” is a folder. Choose a photo in it.</source>
        <translation>“{name}”是文件夹。请选择其中的一张照片。</translation>
    </message>
    <message>
        <source>“{name}” does not exist. Check the name and the folder.</source>
        <translation>“{name}”不存在。请检查名称和文件夹。</translation>
    </message>
    <message>
        <source>“{name}” is not a photo that can be opened. Choose one of these: {formats}.</source>
        <translation>“{name}”不是可以打开的照片。请选择以下格式之一：{formats}。</translation>
    </message>
    <message>
        <source>“{name}” can be opened once the Python package {package} is installed. Install it, or save the photo as PNG.</source>
        <translation>安装 Python 软件包 {package} 后即可打开“{name}”。请安装它，或将照片另存为 PNG。</translation>
    </message>
    <message>
        <source>“{name}” has pixels of a kind that photos do not use ({kind}). Save it as RGB with 8 or 16 bits a channel.</source>
        <translation>“{name}”的像素类型不是照片所用的（{kind}）。请另存为每通道 8 位或 16 位的 RGB。</translation>
    </message>
    <message>
        <source>“{name}” is a camera raw file of a kind that cannot be developed here. Save it as TIFF or DNG first.</source>
        <translation>“{name}”是此处无法冲洗的相机 RAW 文件。请先另存为 TIFF 或 DNG。</translation>
    </message>
    <message>
        <source>“{name}” is too large to open; the limit is {limit} megapixels. Make it smaller first.</source>
        <translation>“{name}”太大，无法打开；上限为 {limit} 百万像素。请先将其缩小。</translation>
    </message>
    <message>
        <source>“{name}” is damaged or cut short and cannot be opened. Copy it again from its source.</source>
        <translation>“{name}”已损坏或不完整，无法打开。请从来源处重新复制。</translation>
    </message>
    <message>
        <source>“{name}” cannot be read. Check that it is a whole photo that you may open.</source>
        <translation>无法读取“{name}”。请检查它是否为您有权打开的完整照片。</translation>
    </message>
    <message>
        <source>Face {number} of the recipe was not found again.</source>
        <translation>未能再次找到配方中的人脸 {number}。</translation>
    </message>
    <message>
        <source>The weights of {name} are not those that the recipe was made with.</source>
        <translation>{name} 的权重与制作配方时使用的不同。</translation>
    </message>
    <message>
        <source>“{name}” is not the photo that the recipe was made for: its bytes are others.</source>
        <translation>“{name}”不是该配方所用的照片：文件内容不同。</translation>
    </message>
    <message>
        <source>“{name}” is no recipe of Agelens that can be read.</source>
        <translation>“{name}”不是可读取的 Agelens 配方。</translation>
    </message>
    <message>
        <source>Face {number} at {age}: perhaps not the same person.</source>
        <translation>人脸 {number}，{age} 岁：可能不是同一个人。</translation>
    </message>
    <message>
        <source>Ageing</source>
        <translation>正在改变年龄</translation>
    </message>
    <message>
        <source>Putting faces back</source>
        <translation>正在将人脸放回照片</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Looking for faces</source>
        <translation>正在查找人脸</translation>
    </message>
    <message>
        <source>Picture {done} of {total}</source>
        <translation>图片 {done}/{total}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>At most {count} pixels a side</source>
        <translation>每边最多 {count} 像素</translation>
    </message>
    <message>
        <source>As the photo</source>
        <translation>与照片相同</translation>
    </message>
    <message>
        <source>As each photo</source>
        <translation>与各照片相同</translation>
    </message>
    <message>
        <source>Give the new file a number</source>
        <translation>为新文件编号</translation>
    </message>
    <message>
        <source>Skip it; keep what is there</source>
        <translation>跳过，保留已有文件</translation>
    </message>
    <message>
        <source>Replace what is there</source>
        <translation>替换已有文件</translation>
    </message>
    <message>
        <source>If a file is there</source>
        <translation>如果已有文件</translation>
    </message>
    <message>
        <source>Beside each photo</source>
        <translation>各照片旁边</translation>
    </message>
    <message>
        <source>Beside the photo</source>
        <translation>照片旁边</translation>
    </message>
    <message>
        <source>{name}, {age} and {number} are filled in.</source>
        <translation>{name}、{age} 和 {number} 会被自动替换。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>预设(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>格式(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Quality</source>
        <translation>品质(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>尺寸(&amp;S)</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Every file is there already; nothing would be exported.</source>
        <translation>所有文件均已存在；不会导出任何内容。</translation>
    </message>
    <message>
        <source>Choose at least one photo.</source>
        <translation>请至少选择一张照片。</translation>
    </message>
    <message>
        <source>Type a file name.</source>
        <translation>请输入文件名。</translation>
    </message>
    <message>
        <source>“{field}” is not filled in; use {fields}.</source>
        <translation>“{field}”无法替换；请使用 {fields}。</translation>
    </message>
    <message>
        <source>Names taken already: {count} of {total}.</source>
        <translation>已被占用的名称：{count}/{total}。</translation>
    </message>
    <message>
        <source>“{name}” in {folder}</source>
        <translation>“{name}”，位于 {folder}</translation>
    </message>
    <message>
        <source>The folder “{name}” does not exist.</source>
        <translation>文件夹“{name}”不存在。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) beside their photos, the first “{name}”</source>
        <translation>
            <numerusform>%n 个文件，各与其照片放在一起，第一个是“{name}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), the first “{name}”, in {folder}</source>
        <translation>
            <numerusform>%n 个文件，第一个是“{name}”，位于 {folder}</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” is already there.</source>
        <translation>“{name}”已存在。</translation>
    </message>
</context>
<context>
    <name>ExportResults</name>
    <message>
        <source>Saved “{name}”.</source>
        <translation>已保存“{name}”。</translation>
    </message>
    <message>
        <source>A file of that name is there already; nothing was saved.</source>
        <translation>已有同名文件；未保存任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n photo(s) exported</source>
        <translation>
            <numerusform>已导出 {done} / %n 张照片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>跳过 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>失败 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>then stopped</source>
        <translation>随后停止</translation>
    </message>
</context>
<context>
    <name>ExportRun</name>
    <message>
        <source>No aged face of “{name}” was found again.</source>
        <translation>未能在“{name}”中再次找到已变龄的人脸。</translation>
    </message>
    <message>
        <source>Exporting {name}</source>
        <translation>正在导出 {name}</translation>
    </message>
    <message>
        <source>Export {number} of {total}: {name}</source>
        <translation>导出 {number}/{total}：{name}</translation>
    </message>
</context>
<context>
    <name>ExportSwitches</name>
    <message>
        <source>JPEG: leave what no face touches as it is compressed</source>
        <translation>JPEG：人脸未触及的部分保持原有压缩</translation>
    </message>
    <message>
        <source>Mark the file as edited with AI</source>
        <translation>将文件标记为经 AI 编辑</translation>
    </message>
    <message>
        <source>Keep the photo&apos;s metadata</source>
        <translation>保留照片的元数据</translation>
    </message>
    <message>
        <source>Keep its place (GPS)</source>
        <translation>保留拍摄地点（GPS）</translation>
    </message>
    <message>
        <source>Sign it (C2PA)</source>
        <translation>签名（C2PA）</translation>
    </message>
    <message>
        <source>Write it into the picture, too</source>
        <translation>同时写在图片上</translation>
    </message>
    <message>
        <source>Write a recipe beside it, to make it again</source>
        <translation>在旁边保存配方，以便再次制作</translation>
    </message>
    <message>
        <source>Those parts then decode to the same pixels; the quality counts elsewhere.</source>
        <translation>这些部分解码后像素完全相同；质量只影响其余部分。</translation>
    </message>
    <message>
        <source>Content credentials say what was done, by which model, to which photo, and show whether the file was changed afterwards. Without a certificate of your own in the settings, one made on this computer signs: it does not tell who you are.</source>
        <translation>内容凭证说明做了什么、用了哪个模型、处理了哪张照片，并显示文件之后是否被改动。如果设置中没有你自己的证书，则用本机生成的证书签名：它不会表明你的身份。</translation>
    </message>
    <message>
        <source>A small line in the lower right corner: “Edited with AI”.</source>
        <translation>右下角的一行小字：“Edited with AI”。</translation>
    </message>
    <message>
        <source>An .agelens.json with faces, ages and model, but no picture; open it here.</source>
        <translation>包含人脸、年龄和模型但不含图像的 .agelens.json；可在此打开。</translation>
    </message>
</context>
<context>
    <name>ExportTimeline</name>
    <message>
        <source>Export the timeline</source>
        <translation>导出时间轴</translation>
    </message>
    <message>
        <source>Exporting {name}</source>
        <translation>正在导出 {name}</translation>
    </message>
    <message>
        <source>Looking for a film encoder</source>
        <translation>正在查找视频编码器</translation>
    </message>
    <message>
        <source>Saved “{name}”.</source>
        <translation>已保存“{name}”。</translation>
    </message>
</context>
<context>
    <name>FaceList</name>
    <message>
        <source>Faces in the photo</source>
        <translation>照片中的人脸</translation>
    </message>
</context>
<context>
    <name>FaceModel</name>
    <message>
        <source>cannot be aged</source>
        <translation>无法改变年龄</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>aged to {age}</source>
        <translation>变为 {age} 岁</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>保持原样</translation>
    </message>
</context>
<context>
    <name>FaceStrip</name>
    <message>
        <source>S&amp;kip</source>
        <translation>跳过(&amp;K)</translation>
    </message>
    <message>
        <source>A&amp;dd a face</source>
        <translation>添加人脸(&amp;D)</translation>
    </message>
    <message>
        <source>Age &amp;now</source>
        <translation>当前年龄(&amp;N)</translation>
    </message>
    <message>
        <source>How old the chosen face is now, in years</source>
        <translation>所选人脸的当前年龄（岁）</translation>
    </message>
    <message>
        <source>Correct the estimated age here; ageing starts from what you say.</source>
        <translation>在此更正估计年龄；年龄变化将以您填写的为起点。</translation>
    </message>
    <message>
        <source>Back to the estimated age</source>
        <translation>恢复为估计年龄</translation>
    </message>
    <message>
        <source>Leave the chosen faces as they are, also in exports (K)</source>
        <translation>让所选人脸保持原样，导出时亦然 (K)</translation>
    </message>
    <message>
        <source>Draw a box around a face that was missed (N)</source>
        <translation>在漏掉的人脸周围画一个框 (N)</translation>
    </message>
</context>
<context>
    <name>FailedState</name>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Remove from gallery</source>
        <translation>从图库中移除</translation>
    </message>
    <message>
        <source>This photo cannot be shown</source>
        <translation>无法显示这张照片</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>There was not enough memory: {doing}.</source>
        <translation>内存不足：{doing}。</translation>
    </message>
    <message>
        <source>Something went wrong inside Agelens ({doing}). Your photo is untouched.</source>
        <translation>Agelens 内部出错（{doing}）。您的照片未受影响。</translation>
    </message>
</context>
<context>
    <name>GalleryModel</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n 张人脸</numerusform>
        </translation>
    </message>
    <message>
        <source>not opened yet</source>
        <translation>尚未打开</translation>
    </message>
    <message>
        <source>working</source>
        <translation>处理中</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>aged, not exported</source>
        <translation>已修改，未导出</translation>
    </message>
    <message>
        <source>exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>Open photos</source>
        <translation>已打开的照片</translation>
    </message>
</context>
<context>
    <name>HelpDialogs</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>HistoryPopup</name>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>The photo as it was opened</source>
        <translation>打开时的照片</translation>
    </message>
    <message>
        <source>What was done to the photo</source>
        <translation>对照片所做的操作</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Results are impressions made by AI, not evidence.</source>
        <translation>结果是 AI 生成的印象，并非证据。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Device: {text}</source>
        <translation>设备：{text}</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>What runs, waits and has been done</source>
        <translation>正在进行、等待和已完成的任务</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>JobLog</name>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>JobsPopup</name>
    <message>
        <source>Nothing runs, and nothing has been done yet.</source>
        <translation>没有正在进行的任务，也尚未完成任何任务。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Work that runs, waits or has ended</source>
        <translation>进行中、等待中或已结束的任务</translation>
    </message>
</context>
<context>
    <name>KeepSession</name>
    <message>
        <source>The last session cannot be read; the window starts empty.</source>
        <translation>无法读取上次的会话；窗口将从空白开始。</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) of the last session cannot be read.</source>
        <translation>
            <numerusform>上次会话中有 %n 张照片无法读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” is not where it was; what was done to it is kept.</source>
        <translation>“{name}”已不在原处；对它所做的操作会保留。</translation>
    </message>
    <message>
        <source>“{name}” is no longer where it was.</source>
        <translation>“{name}”已不在原处。</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) are no longer where they were.</source>
        <translation>
            <numerusform>%n 张照片已不在原处。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“{name}” has changed; %n of its aged face(s) not found again.</source>
        <translation>
            <numerusform>“{name}”已更改；有 %n 张已变龄的人脸未能再次找到。</numerusform>
        </translation>
    </message>
    <message>
        <source>The session cannot be saved; after a crash it would be lost.</source>
        <translation>无法保存会话；若程序崩溃，会话将会丢失。</translation>
    </message>
</context>
<context>
    <name>LineChart</name>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>At step {step}: {figures}</source>
        <translation>第 {step} 步：{figures}</translation>
    </message>
    <message>
        <source>logarithmic</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>dashed: {run}</source>
        <translation>虚线：{run}</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
</context>
<context>
    <name>NoRuns</name>
    <message>
        <source>Start training…</source>
        <translation>开始训练…</translation>
    </message>
    <message>
        <source>Choose a folder of runs…</source>
        <translation>选择训练所在的文件夹…</translation>
    </message>
    <message>
        <source>A run teaches a model from a folder of prepared faces. Its curves and samples appear here while it goes on.</source>
        <translation>训练用一个已准备好的人脸文件夹来教模型。进行时，曲线和样张会显示在这里。</translation>
    </message>
    <message>
        <source>No training run here yet</source>
        <translation>这里还没有训练</translation>
    </message>
</context>
<context>
    <name>OfferReport</name>
    <message>
        <source>Agelens ended unexpectedly last time. Your photos are untouched, and a report was written; it stays on this computer.</source>
        <translation>Agelens 上次意外退出。您的照片未受影响，并已写下一份报告，报告只保存在这台电脑上。</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>显示报告</translation>
    </message>
</context>
<context>
    <name>OpenPhotos</name>
    <message>
        <source>There are no photos in the folder “{name}”.</source>
        <translation>文件夹“{name}”中没有照片。</translation>
    </message>
    <message>
        <source>JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC, AVIF, JPEG XL and camera raw</source>
        <translation>JPEG、PNG、WebP、TIFF、BMP、GIF、HEIC、AVIF、JPEG XL 和相机 RAW</translation>
    </message>
    <message>
        <source>“{name}” is not a photo that Agelens can open; it opens {formats}.</source>
        <translation>“{name}”不是 Agelens 能打开的照片；支持的格式为 {formats}。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are not photos; Agelens opens {formats}.</source>
        <translation>
            <numerusform>%n 个文件不是照片；Agelens 可打开 {formats}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>正在打开 {name}</translation>
    </message>
    <message>
        <source>Looking for faces in {name}</source>
        <translation>正在 {name} 中查找人脸</translation>
    </message>
    <message>
        <source>No face was found in “{name}”; try a photo that shows one.</source>
        <translation>在“{name}”中未找到人脸；请换一张有人脸的照片。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>OpenRecipes</name>
    <message>
        <source>Opening {name}</source>
        <translation>正在打开 {name}</translation>
    </message>
    <message>
        <source>The photo of “{name}” is not where it was: {place}.</source>
        <translation>“{name}”的照片不在原来的位置：{place}。</translation>
    </message>
    <message>
        <source>The model {model} of “{name}” is not installed; another one is used.</source>
        <translation>“{name}”的模型 {model} 未安装；将使用其他模型。</translation>
    </message>
    <message>
        <source>“{photo}” has changed since the recipe was made; look at its faces.</source>
        <translation>自配方制作以来“{photo}”已更改；请检查其中的人脸。</translation>
    </message>
    <message>
        <source>Recipe “{name}”</source>
        <translation>配方“{name}”</translation>
    </message>
</context>
<context>
    <name>PastePhotos</name>
    <message>
        <source>There is no photo on the clipboard; copy a file or a picture first.</source>
        <translation>剪贴板中没有照片；请先复制文件或图片。</translation>
    </message>
    <message>
        <source>The pasted picture cannot be saved, so it is not opened.</source>
        <translation>无法保存粘贴的图片，因此未将其打开。</translation>
    </message>
</context>
<context>
    <name>PhotoList</name>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不选</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Importing {name}</source>
        <translation>正在导入 {name}</translation>
    </message>
    <message>
        <source>The model “{title}” is installed.</source>
        <translation>模型“{title}”已安装。</translation>
    </message>
    <message>
        <source>Preparing the device</source>
        <translation>正在准备设备</translation>
    </message>
</context>
<context>
    <name>PresetRow</name>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep these choices under a name</source>
        <translation>用一个名称保存这些选择</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>保存预设</translation>
    </message>
    <message>
        <source>Name of the preset:</source>
        <translation>预设名称：</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Own choices</source>
        <translation>自定义选择</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>As the photo, best quality</source>
        <translation>与照片相同，最佳质量</translation>
    </message>
    <message>
        <source>Original size, lossless</source>
        <translation>原始尺寸，无损</translation>
    </message>
    <message>
        <source>For the web, 2048 px</source>
        <translation>用于网页，2048 像素</translation>
    </message>
</context>
<context>
    <name>RecentPhotos</name>
    <message>
        <source>&amp;Clear the list</source>
        <translation>清空列表(&amp;C)</translation>
    </message>
</context>
<context>
    <name>RegionStrengths</name>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>How much of the change each part of the face takes</source>
        <translation>人脸各区域承受多少变化</translation>
    </message>
    <message>
        <source>Put all regions back</source>
        <translation>还原所有区域</translation>
    </message>
    <message>
        <source>Forehead, cheeks, nose, mouth and chin</source>
        <translation>额头、脸颊、鼻子、嘴和下巴</translation>
    </message>
    <message>
        <source>Lids, bags and crow&apos;s feet; the eyes themselves never change</source>
        <translation>眼睑、眼袋和鱼尾纹；眼睛本身绝不改变</translation>
    </message>
    <message>
        <source>Auto: brows go with the hair, a beard goes with the skin</source>
        <translation>自动：眉毛随头发，胡须随皮肤</translation>
    </message>
    <message>
        <source>The hair and how grey it turns</source>
        <translation>头发以及变白的程度</translation>
    </message>
    <message>
        <source>{what}. Double click or Backspace: back to {default}</source>
        <translation>{what}。双击或按退格键：恢复为 {default}</translation>
    </message>
    <message>
        <source>{region} in per cent</source>
        <translation>{region}（百分比）</translation>
    </message>
    <message>
        <source>Changed: {what}</source>
        <translation>已更改：{what}</translation>
    </message>
</context>
<context>
    <name>Regions</name>
    <message>
        <source>Skin</source>
        <translation>皮肤</translation>
    </message>
    <message>
        <source>Around the eyes</source>
        <translation>眼周</translation>
    </message>
    <message>
        <source>Brows and beard</source>
        <translation>眉毛和胡须</translation>
    </message>
    <message>
        <source>Hair</source>
        <translation>头发</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Regions of face {faces}</source>
        <translation>人脸 {faces} 的区域</translation>
    </message>
    <message>
        <source>{region} of face {faces}: {share}</source>
        <translation>人脸 {faces} 的{region}：{share}</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Crash report</source>
        <translation>崩溃报告</translation>
    </message>
    <message>
        <source>This is all that was written down when Agelens ended unexpectedly. It was sent nowhere; file names in it may be private.</source>
        <translation>这是 Agelens 意外退出时记录的全部内容，未发送至任何地方；其中的文件名可能涉及隐私。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>RunHead</name>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Go on…</source>
        <translation>继续(&amp;G)…</translation>
    </message>
    <message>
        <source>Open &amp;folder</source>
        <translation>打开文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Use these weights</source>
        <translation>使用这些权重(&amp;U)</translation>
    </message>
    <message>
        <source>Making weights…</source>
        <translation>正在制作权重…</translation>
    </message>
    <message>
        <source>Make a model of the newest checkpoint and choose it for the photos</source>
        <translation>用最新的检查点制作模型，并用于照片</translation>
    </message>
    <message>
        <source>Finish the running step, write a checkpoint and end</source>
        <translation>完成当前这一步，写出检查点后结束</translation>
    </message>
    <message>
        <source>Train on from the last checkpoint</source>
        <translation>从最后一个检查点继续训练</translation>
    </message>
</context>
<context>
    <name>RunRows</name>
    <message>
        <source>Training runs</source>
        <translation>训练列表</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Not begun</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Writing the checkpoint</source>
        <translation>正在写检查点</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>step {step} of {steps}</source>
        <translation>第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>{speed} images/s</source>
        <translation>{speed} 张/秒</translation>
    </message>
    <message>
        <source>about {count} min left</source>
        <translation>约剩 {count} 分钟</translation>
    </message>
    <message>
        <source>about {count} h left</source>
        <translation>约剩 {count} 小时</translation>
    </message>
    <message>
        <source>It ended without saying why; perhaps it was ended or memory ran out.</source>
        <translation>它没有说明原因就结束了；可能是被终止，或内存不足。</translation>
    </message>
    <message>
        <source>images/s</source>
        <translation>张/秒</translation>
    </message>
</context>
<context>
    <name>SampleCard</name>
    <message>
        <source>Open the sample photo {name}</source>
        <translation>打开示例照片 {name}</translation>
    </message>
</context>
<context>
    <name>SampleViewer</name>
    <message>
        <source>{name} cannot be read.</source>
        <translation>无法读取 {name}。</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样张</translation>
    </message>
    <message>
        <source>&amp;Compare with</source>
        <translation>对比(&amp;C)</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Step of the samples</source>
        <translation>样张的步数</translation>
    </message>
    <message>
        <source>The photo first, then the ages that the recipe asks for. The wheel zooms.</source>
        <translation>先是照片，然后是配方要求的各个年龄。滚轮可缩放。</translation>
    </message>
    <message>
        <source>Earlier sample</source>
        <translation>较早的样张</translation>
    </message>
    <message>
        <source>Later sample</source>
        <translation>较晚的样张</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>The first samples appear with the first checkpoint.</source>
        <translation>第一批样张会随第一个检查点出现。</translation>
    </message>
    <message>
        <source>{name}, step {step}</source>
        <translation>{name}，第 {step} 步</translation>
    </message>
    <message>
        <source>Samples of {run}</source>
        <translation>{run} 的样张</translation>
    </message>
</context>
<context>
    <name>ScoreCard</name>
    <message>
        <source>same person from {value}</source>
        <translation>自 {value} 起视为同一人</translation>
    </message>
    <message>
        <source>How alike the face is to itself before, as SFace measures it: 1 is the same picture. From the mark on, its authors call two faces one person&apos;s.</source>
        <translation>由 SFace 测得的人脸与其修改前的相似程度：1 表示同一张图。达到标记值后，其作者认定两张脸属于同一人。</translation>
    </message>
    <message>
        <source>Estimated age</source>
        <translation>估计年龄</translation>
    </message>
    <message>
        <source>Identity similarity</source>
        <translation>身份相似度</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <source>Choose an age to see the scores.</source>
        <translation>选择一个年龄以查看评分。</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>评分</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Strength of face {faces}: {percent} %</source>
        <translation>人脸 {faces} 的强度：{percent}%</translation>
    </message>
    <message>
        <source>Face {faces} at {years}</source>
        <translation>人脸 {faces} 变为 {years} 岁</translation>
    </message>
    <message>
        <source>Face {faces} as it is</source>
        <translation>人脸 {faces} 保持原样</translation>
    </message>
    <message>
        <source>Skip face {faces}</source>
        <translation>跳过人脸 {faces}</translation>
    </message>
    <message>
        <source>Take in face {faces}</source>
        <translation>纳入人脸 {faces}</translation>
    </message>
    <message>
        <source>Add face {face}</source>
        <translation>添加人脸 {face}</translation>
    </message>
    <message>
        <source>Age of face {face} as estimated</source>
        <translation>人脸 {face} 的年龄按估计值</translation>
    </message>
    <message>
        <source>Face {face} is {years} now</source>
        <translation>人脸 {face} 现年 {years} 岁</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Another language shows at the next start.</source>
        <translation>语言更改将在下次启动时生效。</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Empty now</source>
        <translation>立即清空</translation>
    </message>
    <message>
        <source>Import weights…</source>
        <translation>导入权重…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>{title} · ages {low} to {high} · {size} MB</source>
        <translation>{title} · {low} 至 {high} 岁 · {size} MB</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>处理器 (CPU)</translation>
    </message>
    <message>
        <source>NVIDIA graphics card (CUDA)</source>
        <translation>NVIDIA 显卡 (CUDA)</translation>
    </message>
    <message>
        <source>Apple graphics (MPS)</source>
        <translation>Apple 图形处理器 (MPS)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不选</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>设备(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>T&amp;humbnails on disk</source>
        <translation>磁盘上的缩略图(&amp;H)</translation>
    </message>
    <message>
        <source>In the &amp;folder</source>
        <translation>所在文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Si&amp;gn as</source>
        <translation>签名身份(&amp;G)</translation>
    </message>
    <message>
        <source>Agelens works offline: no photo, result or measurement ever leaves this computer.</source>
        <translation>Agelens 离线运行：照片、结果和测量数据绝不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Installed models</source>
        <translation>已安装的模型</translation>
    </message>
    <message>
        <source>Keep thumbnails in</source>
        <translation>缩略图保存位置</translation>
    </message>
    <message>
        <source>Import weights</source>
        <translation>导入权重</translation>
    </message>
    <message>
        <source>Weights (*.safetensors *.onnx)</source>
        <translation>权重 (*.safetensors *.onnx)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>ShowJobs</name>
    <message>
        <source>Written to {folder}</source>
        <translation>已写入 {folder}</translation>
    </message>
    <message>
        <source>about {count} s left</source>
        <translation>约剩 {count} 秒</translation>
    </message>
    <message>
        <source>about {count} min left</source>
        <translation>约剩 {count} 分钟</translation>
    </message>
</context>
<context>
    <name>ShowPhoto</name>
    <message>
        <source>Opening {name}…</source>
        <translation>正在打开 {name}…</translation>
    </message>
    <message>
        <source>Looking for faces…</source>
        <translation>正在查找人脸…</translation>
    </message>
    <message>
        <source>No face was found in this photo.</source>
        <translation>在这张照片中未找到人脸。</translation>
    </message>
    <message>
        <source>Click a face in the photo.</source>
        <translation>请单击照片中的一张人脸。</translation>
    </message>
</context>
<context>
    <name>ShowTimeline</name>
    <message>
        <source>Timeline of face {number}</source>
        <translation>人脸 {number} 的时间轴</translation>
    </message>
    <message>
        <source>Choose a face to see it from young to old.</source>
        <translation>选择一张人脸，查看它从年轻到年老的样子。</translation>
    </message>
    <message>
        <source>{ready} of {total}</source>
        <translation>{ready}/{total}</translation>
    </message>
    <message>
        <source>Click an age to take it.</source>
        <translation>单击一个年龄即可采用。</translation>
    </message>
</context>
<context>
    <name>SignerBox</name>
    <message>
        <source>Made on this computer</source>
        <translation>本机生成</translation>
    </message>
    <message>
        <source>Choose a certificate…</source>
        <translation>选择证书…</translation>
    </message>
    <message>
        <source>Signed by the certificate made on this computer. It shows that a file is unchanged, but not who you are.</source>
        <translation>由本机生成的证书签名：可证明文件未被更改，但不表明你的身份。</translation>
    </message>
    <message>
        <source>Signed as “{name}”: everyone can see who vouches for the file.</source>
        <translation>以“{name}”的名义签名：所有人都能看到由谁担保该文件。</translation>
    </message>
    <message>
        <source>Certificate with its key</source>
        <translation>包含密钥的证书</translation>
    </message>
    <message>
        <source>Certificates (*.pem)</source>
        <translation>证书 (*.pem)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>TendFaces</name>
    <message>
        <source>Looking for a face inside the box</source>
        <translation>正在框内查找人脸</translation>
    </message>
    <message>
        <source>That is face {number}, which had been found already.</source>
        <translation>这是人脸 {number}，之前已经找到。</translation>
    </message>
    <message>
        <source>Looking for faces…</source>
        <translation>正在查找人脸…</translation>
    </message>
    <message>
        <source>No face was found. If there is one, draw a box around it.</source>
        <translation>未找到人脸。如果确有人脸，请在其周围画一个框。</translation>
    </message>
</context>
<context>
    <name>TimelineDialog</name>
    <message>
        <source>Export the timeline</source>
        <translation>导出时间轴</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>The face</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>The face, upright</source>
        <translation>人脸，摆正</translation>
    </message>
    <message>
        <source>The whole photo</source>
        <translation>整张照片</translation>
    </message>
    <message>
        <source>Sheet of pictures (PNG)</source>
        <translation>图片拼版 (PNG)</translation>
    </message>
    <message>
        <source>Animated GIF</source>
        <translation>GIF 动画</translation>
    </message>
    <message>
        <source>Animated WebP</source>
        <translation>WebP 动画</translation>
    </message>
    <message>
        <source>Film (MP4)</source>
        <translation>视频 (MP4)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Pictures show</source>
        <translation>画面内容(&amp;P)</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>格式(&amp;O)</translation>
    </message>
    <message>
        <source>As the photo shows it.</source>
        <translation>保持照片中的样子。</translation>
    </message>
    <message>
        <source>Turned so that the eyes are level.</source>
        <translation>旋转画面，使双眼保持水平。</translation>
    </message>
    <message>
        <source>Scaled down; only this face changes.</source>
        <translation>缩小显示；只有这张脸会变化。</translation>
    </message>
</context>
<context>
    <name>TimelineModel</name>
    <message>
        <source>At {age}</source>
        <translation>{age} 岁</translation>
    </message>
    <message>
        <source>At {age}, not ready yet</source>
        <translation>{age} 岁，尚未就绪</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Export timeline…</source>
        <translation>导出时间轴…</translation>
    </message>
    <message>
        <source>The face from young to old</source>
        <translation>人脸从年轻到年老</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Hide the timeline</source>
        <translation>隐藏时间轴</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
</context>
<context>
    <name>TrainRuns</name>
    <message>
        <source>The configurations that come with Agelens are missing.</source>
        <translation>缺少 Agelens 自带的配置。</translation>
    </message>
    <message>
        <source>{name} is no configuration to train from.</source>
        <translation>{name} 不是训练配置。</translation>
    </message>
    <message>
        <source>{run} cannot be used: {reason}.</source>
        <translation>无法使用 {run}：{reason}。</translation>
    </message>
    <message>
        <source>Choose a folder of faces that “python main.py prepare” has written.</source>
        <translation>请选择由“python main.py prepare”写出的人脸文件夹。</translation>
    </message>
    <message>
        <source>The training cannot start: {reason}.</source>
        <translation>训练无法开始：{reason}。</translation>
    </message>
    <message>
        <source>Name a folder for the run.</source>
        <translation>请为训练指定一个文件夹。</translation>
    </message>
    <message>
        <source>{run} is being trained already.</source>
        <translation>{run} 已在训练中。</translation>
    </message>
    <message>
        <source>A new run of {steps} steps, in a process of its own.</source>
        <translation>新的训练，共 {steps} 步，在单独的进程中运行。</translation>
    </message>
    <message>
        <source>{run} has files in it that are no run’s; name another folder.</source>
        <translation>{run} 中有不属于训练的文件；请指定其他文件夹。</translation>
    </message>
    <message>
        <source>{run} is a run of another configuration; name another folder.</source>
        <translation>{run} 是另一个配置的训练；请指定其他文件夹。</translation>
    </message>
    <message>
        <source>{run} is finished.</source>
        <translation>{run} 已完成。</translation>
    </message>
    <message>
        <source>Goes on with {run} from its last checkpoint, at step {step} of {steps}.</source>
        <translation>从最后一个检查点继续 {run}，目前第 {step} 步，共 {steps} 步。</translation>
    </message>
    <message>
        <source>{name} ({recipe}, {steps} steps)</source>
        <translation>{name}（{recipe}，{steps} 步）</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message>
        <source>Show the run</source>
        <translation>显示训练</translation>
    </message>
    <message>
        <source>The training of {run} failed. {reason}</source>
        <translation>{run} 的训练失败。{reason}</translation>
    </message>
    <message>
        <source>The training of {run} is finished.</source>
        <translation>{run} 的训练已完成。</translation>
    </message>
    <message>
        <source>{run} has stopped at step {step}; its checkpoint is written.</source>
        <translation>{run} 已在第 {step} 步停止；检查点已写出。</translation>
    </message>
    <message>
        <source>Folder of runs</source>
        <translation>训练所在的文件夹</translation>
    </message>
</context>
<context>
    <name>TrainingDialog</name>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>{run}’s own</source>
        <translation>{run} 自己的配置</translation>
    </message>
    <message>
        <source>Nothing: learn from the beginning</source>
        <translation>无：从头学习</translation>
    </message>
    <message>
        <source>The networks of {run}</source>
        <translation>{run} 的网络</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>A folder that python main.py prepare has written</source>
        <translation>由 python main.py prepare 写出的文件夹</translation>
    </message>
    <message>
        <source>&amp;Configuration</source>
        <translation>配置(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>数据(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Run folder</source>
        <translation>训练文件夹(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Begin with</source>
        <translation>起点(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Stop after</source>
        <translation>停止于(&amp;S)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Browse: {field}</source>
        <translation>浏览：{field}</translation>
    </message>
    <message>
        <source>Prepared data</source>
        <translation>已准备的数据</translation>
    </message>
    <message>
        <source>Run folder</source>
        <translation>训练文件夹</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Configurations (*.toml)</source>
        <translation>配置 (*.toml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>TrainingPage</name>
    <message>
        <source>Choose &amp;folder…</source>
        <translation>选择文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Start &amp;training…</source>
        <translation>开始训练(&amp;T)…</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Back to the photos (Ctrl+Shift+T)</source>
        <translation>回到照片 (Ctrl+Shift+T)</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>UndoEdits</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo “{step}”</source>
        <translation>撤销“{step}”(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo “{step}”</source>
        <translation>重做“{step}”(&amp;R)</translation>
    </message>
</context>
<context>
    <name>UseWeights</name>
    <message>
        <source>There is no checkpoint yet.</source>
        <translation>还没有检查点。</translation>
    </message>
    <message>
        <source>The card of this recipe cannot be used.</source>
        <translation>此配方的卡片无法使用。</translation>
    </message>
    <message>
        <source>There is no card to make a model of this recipe with.</source>
        <translation>没有可为此配方制作模型的卡片。</translation>
    </message>
    <message>
        <source>This model only reads ages; it turns no face.</source>
        <translation>此模型只判断年龄，不改变人脸。</translation>
    </message>
    <message>
        <source>The weights cannot be made. {reason}</source>
        <translation>无法制作权重。{reason}</translation>
    </message>
    <message>
        <source>Importing {name}</source>
        <translation>正在导入 {name}</translation>
    </message>
    <message>
        <source>The model “{title}” is chosen for the photos.</source>
        <translation>模型“{title}”已用于照片。</translation>
    </message>
    <message>
        <source>Show the photos</source>
        <translation>显示照片</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Face {number}</source>
        <translation>人脸 {number}</translation>
    </message>
    <message>
        <source>Face {number}, {age} years old</source>
        <translation>人脸 {number}，{age} 岁</translation>
    </message>
    <message>
        <source>Face {number}, looks about {age}</source>
        <translation>人脸 {number}，看起来约 {age} 岁</translation>
    </message>
    <message>
        <source>The same person</source>
        <translation>是同一个人</translation>
    </message>
    <message>
        <source>Perhaps not the same person</source>
        <translation>可能不是同一个人</translation>
    </message>
    <message>
        <source>reached the age asked for</source>
        <translation>达到了所要求的年龄</translation>
    </message>
    <message>
        <source>went {years} years too far</source>
        <translation>超出 {years} 岁</translation>
    </message>
    <message>
        <source>fell {years} years short</source>
        <translation>还差 {years} 岁</translation>
    </message>
    <message>
        <source>{person}; {age}.</source>
        <translation>{person}；{age}。</translation>
    </message>
    <message>
        <source>Estimated age {before} before, {after} after; identity {identity}. {verdict}</source>
        <translation>估计年龄：修改前 {before} 岁，修改后 {after} 岁；身份相似度 {identity}。{verdict}</translation>
    </message>
</context>
<context>
    <name>Worker</name>
    <message>
        <source>starting the ageing engine</source>
        <translation>启动引擎时</translation>
    </message>
</context>
</TS>
