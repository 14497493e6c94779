<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Agelens</source>
        <translation>Acerca de Agelens</translation>
    </message>
    <message>
        <source>Shows faces at another age, offline: no photo ever leaves this computer.
Results are impressions made by AI. They are no evidence of how anyone looked or will look.
Agelens never asks for new versions; look for them where you got this one.</source>
        <translation>Muestra rostros a otra edad, sin conexión: ninguna foto sale nunca de este equipo.
Los resultados son impresiones hechas por IA. No prueban el aspecto que alguien tuvo o tendrá.
Agelens nunca pregunta por versiones nuevas; búscalas donde obtuviste esta.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Licencias</translation>
    </message>
</context>
<context>
    <name>ActionWindow</name>
    <message>
        <source>Space, held</source>
        <translation>Espacio (mantener)</translation>
    </message>
    <message>
        <source>See the photo as it was</source>
        <translation>Ver la foto como era</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Next face, in the photo</source>
        <translation>Rostro siguiente, en la foto</translation>
    </message>
    <message>
        <source>Ctrl+click</source>
        <translation>Control+clic</translation>
    </message>
    <message>
        <source>Choose one more face, or one less</source>
        <translation>Elegir un rostro más, o uno menos</translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation>Teclas de flecha</translation>
    </message>
    <message>
        <source>Move the divider or the photo</source>
        <translation>Mover el divisor o la foto</translation>
    </message>
    <message>
        <source>&amp;Open photos…</source>
        <translation>&amp;Abrir fotos…</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>Abrir &amp;carpeta…</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>&amp;Historial…</translation>
    </message>
    <message>
        <source>&amp;Paste photos</source>
        <translation>&amp;Pegar fotos</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportar…</translation>
    </message>
    <message>
        <source>&amp;Batch…</source>
        <translation>Por &amp;lotes…</translation>
    </message>
    <message>
        <source>&amp;Remove from gallery</source>
        <translation>&amp;Quitar de la galería</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>Aj&amp;ustes…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Salir</translation>
    </message>
    <message>
        <source>&amp;Leave the face as it is</source>
        <translation>&amp;Dejar el rostro como está</translation>
    </message>
    <message>
        <source>&amp;Next face</source>
        <translation>Rostro &amp;siguiente</translation>
    </message>
    <message>
        <source>Pre&amp;vious face</source>
        <translation>Rostro &amp;anterior</translation>
    </message>
    <message>
        <source>&amp;Cancel running work</source>
        <translation>&amp;Cancelar el trabajo en curso</translation>
    </message>
    <message>
        <source>S&amp;kip face</source>
        <translation>&amp;Omitir rostro</translation>
    </message>
    <message>
        <source>A&amp;dd a face</source>
        <translation>Añad&amp;ir un rostro</translation>
    </message>
    <message>
        <source>Choose a&amp;ll faces</source>
        <translation>Elegir &amp;todos los rostros</translation>
    </message>
    <message>
        <source>&amp;Fit in window</source>
        <translation>&amp;Ajustar a la ventana</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>&amp;Tamaño real</translation>
    </message>
    <message>
        <source>&amp;Zoom to face</source>
        <translation>Acercar al &amp;rostro</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Acer&amp;car</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ale&amp;jar</translation>
    </message>
    <message>
        <source>Show face &amp;boxes</source>
        <translation>Mostrar &amp;recuadros de rostros</translation>
    </message>
    <message>
        <source>&amp;Timeline</source>
        <translation>Línea de t&amp;iempo</translation>
    </message>
    <message>
        <source>T&amp;raining</source>
        <translation>Entr&amp;enamiento</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Atajos de teclado</translation>
    </message>
    <message>
        <source>&amp;About Agelens</source>
        <translation>Acerca &amp;de Agelens</translation>
    </message>
    <message>
        <source>&amp;Before</source>
        <translation>A&amp;ntes</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>&amp;División</translation>
    </message>
    <message>
        <source>S&amp;ide by side</source>
        <translation>Lad&amp;o a lado</translation>
    </message>
    <message>
        <source>&amp;After</source>
        <translation>D&amp;espués</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Como el &amp;sistema</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Claro</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Oscuro</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Abrir &amp;recientes</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Edición</translation>
    </message>
    <message>
        <source>F&amp;ace</source>
        <translation>&amp;Rostro</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>Te&amp;ma</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
</context>
<context>
    <name>AgeFace</name>
    <message>
        <source>Putting the faces back into {name}</source>
        <translation>Colocando los rostros en {name}</translation>
    </message>
    <message>
        <source>Ageing face {number} to {age}</source>
        <translation>Llevando el rostro {number} a los {age} años</translation>
    </message>
</context>
<context>
    <name>AgePanel</name>
    <message>
        <source>Previous face</source>
        <translation>Rostro anterior</translation>
    </message>
    <message>
        <source>Next face</source>
        <translation>Rostro siguiente</translation>
    </message>
    <message>
        <source>No face chosen</source>
        <translation>Ningún rostro elegido</translation>
    </message>
    <message>
        <source>Face {number} of {count}</source>
        <translation>Rostro {number} de {count}</translation>
    </message>
    <message>
        <source>Face {number}</source>
        <translation>Rostro {number}</translation>
    </message>
    <message>
        <source>Face {number} and {beside} more</source>
        <translation>Rostro {number} y {beside} más</translation>
    </message>
    <message>
        <source>Looks about {age} years old</source>
        <translation>Aparenta unos {age} años</translation>
    </message>
    <message>
        <source>{age} years old</source>
        <translation>{age} años</translation>
    </message>
    <message>
        <source>Skipped; an age brings it back</source>
        <translation>Omitido; una edad lo recupera</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Puntuaciones</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Exact age</source>
        <translation>Edad exacta</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Intensidad</translation>
    </message>
    <message>
        <source>Exact age in years</source>
        <translation>Edad exacta en años</translation>
    </message>
    <message>
        <source>Strength in per cent</source>
        <translation>Intensidad en porcentaje</translation>
    </message>
    <message>
        <source>The mark shows how old the face looks now.</source>
        <translation>La marca indica la edad que aparenta ahora el rostro.</translation>
    </message>
    <message>
        <source>How much of the change is applied.</source>
        <translation>Qué parte del cambio se aplica.</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Ages {low} to {high}, {size} px, licence {licence}.</source>
        <translation>Edades de {low} a {high}, {size} px, licencia {licence}.</translation>
    </message>
</context>
<context>
    <name>AgeTab</name>
    <message>
        <source>ready</source>
        <translation>lista</translation>
    </message>
    <message>
        <source>not ready yet</source>
        <translation>aún no está lista</translation>
    </message>
</context>
<context>
    <name>AgeTabs</name>
    <message>
        <source>Age groups</source>
        <translation>Grupos de edad</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>The face as it is</source>
        <translation>El rostro como está</translation>
    </message>
    <message>
        <source>Ages {name}</source>
        <translation>Edades: {name}</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Starting the engine</source>
        <translation>Iniciando el motor</translation>
    </message>
    <message>
        <source>No ageing model is installed; run the set-up again.</source>
        <translation>No hay ningún modelo de edad instalado; vuelve a ejecutar la instalación.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Copy details</source>
        <translation>Copiar detalles</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir carpeta</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Cerrar el mensaje</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
</context>
<context>
    <name>Batch</name>
    <message>
        <source>There is no batch.</source>
        <translation>No hay ningún lote.</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n file(s) written</source>
        <translation>
            <numerusform>{done} de %n archivo escrito</numerusform>
            <numerusform>{done} de %n archivos escritos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%n omitido</numerusform>
            <numerusform>%n omitidos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n con error</numerusform>
            <numerusform>%n con error</numerusform>
        </translation>
    </message>
    <message>
        <source>Batch {number} of {total}: {name} at {age}</source>
        <translation>Lote, {number} de {total}: {name} a los {age} años</translation>
    </message>
    <message>
        <source>“{name}” is already there.</source>
        <translation>«{name}» ya existe.</translation>
    </message>
    <message>
        <source>The batch is finished: {summary}</source>
        <translation>El lote ha terminado: {summary}</translation>
    </message>
    <message>
        <source>The batch&apos;s state cannot be saved; it could not go on after a restart.</source>
        <translation>No se puede guardar el estado del lote; no podría continuar tras reiniciar.</translation>
    </message>
</context>
<context>
    <name>BatchDialog</name>
    <message>
        <source>Batch</source>
        <translation>Lote</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Iniciar</translation>
    </message>
    <message>
        <source>Other ages, such as 25, 65</source>
        <translation>Otras edades, por ejemplo 25, 65</translation>
    </message>
    <message>
        <source>Every face</source>
        <translation>Todos los rostros</translation>
    </message>
    <message>
        <source>The face chosen in each photo, else every face</source>
        <translation>El rostro elegido en cada foto o, si no, todos</translation>
    </message>
    <message>
        <source>As each photo</source>
        <translation>El de cada foto</translation>
    </message>
    <message>
        <source>Give the new file a number</source>
        <translation>Numerar el archivo nuevo</translation>
    </message>
    <message>
        <source>Skip it; keep what is there</source>
        <translation>Omitirlo y conservar el existente</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Ages</source>
        <translation>Edades</translation>
    </message>
    <message>
        <source>Other ages</source>
        <translation>Otras edades</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Examinar…</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>F&amp;aces</source>
        <translation>&amp;Rostros</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Carpeta</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;If a file is there</source>
        <translation>Si el archivo ya e&amp;xiste</translation>
    </message>
    <message numerus="yes">
        <source>{photos} × {ages} = %n file(s), the first “{name}”.</source>
        <translation>
            <numerusform>{photos} × {ages} = %n archivo, «{name}».</numerusform>
            <numerusform>{photos} × {ages} = %n archivos, el primero «{name}».</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}, {age} and {number} are filled in.</source>
        <translation>{name}, {age} y {number} se sustituyen por su valor.</translation>
    </message>
    <message>
        <source>Write the files to</source>
        <translation>Guardar los archivos en</translation>
    </message>
    <message>
        <source>Choose at least one photo.</source>
        <translation>Elige al menos una foto.</translation>
    </message>
    <message>
        <source>“{word}” is no age.</source>
        <translation>«{word}» no es una edad.</translation>
    </message>
    <message>
        <source>The model knows ages from {low} to {high}.</source>
        <translation>El modelo abarca edades de {low} a {high} años.</translation>
    </message>
    <message>
        <source>Choose at least one age.</source>
        <translation>Elige al menos una edad.</translation>
    </message>
    <message>
        <source>The folder “{name}” does not exist.</source>
        <translation>La carpeta «{name}» no existe.</translation>
    </message>
    <message>
        <source>Type a name for the files.</source>
        <translation>Escribe un nombre para los archivos.</translation>
    </message>
    <message>
        <source>“{field}” is not filled in; use {fields}.</source>
        <translation>«{field}» no se sustituye; usa {fields}.</translation>
    </message>
</context>
<context>
    <name>BatchDialogs</name>
    <message>
        <source>Its faces are skipped.</source>
        <translation>Sus rostros se omiten.</translation>
    </message>
</context>
<context>
    <name>BatchModel</name>
    <message>
        <source>{name} at {age}</source>
        <translation>{name} a los {age} años</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en espera</translation>
    </message>
    <message>
        <source>working</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>done</source>
        <translation>hecho</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>omitido</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>con error</translation>
    </message>
</context>
<context>
    <name>BatchProgress</name>
    <message>
        <source>Batch</source>
        <translation>Lote</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Try failed again</source>
        <translation>Reintentar fallidos</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir carpeta</translation>
    </message>
    <message>
        <source>Copy failures</source>
        <translation>Copiar errores</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
    <message>
        <source>Files of the batch</source>
        <translation>Archivos del lote</translation>
    </message>
</context>
<context>
    <name>CanvasScene</name>
    <message>
        <source>Draw a box around the face  ·  Esc to leave</source>
        <translation>Dibuja un recuadro alrededor del rostro  ·  Esc para salir</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Antes</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Después</translation>
    </message>
</context>
<context>
    <name>CanvasView</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Faces: {count}</source>
        <translation>Rostros: {count}</translation>
    </message>
    <message>
        <source>{face}, chosen; faces in all: {count}</source>
        <translation>{face}, elegido; rostros en total: {count}</translation>
    </message>
</context>
<context>
    <name>ChartLegend</name>
    <message>
        <source>Lines of the chart</source>
        <translation>Líneas del gráfico</translation>
    </message>
</context>
<context>
    <name>ChooseFace</name>
    <message>
        <source>Previewing face {number} at {group}</source>
        <translation>Vista previa del rostro {number} ({group} años)</translation>
    </message>
</context>
<context>
    <name>ChooseSigner</name>
    <message>
        <source>Checking the certificate</source>
        <translation>Comprobando el certificado</translation>
    </message>
</context>
<context>
    <name>ClosingQuestion</name>
    <message>
        <source>Training is running</source>
        <translation>Hay un entrenamiento en curso</translation>
    </message>
    <message>
        <source>Still training: {runs}. Once stopped, it writes a checkpoint to go on from later. It can also go on without the window, and be stopped in the next one.</source>
        <translation>Sigue el entrenamiento: {runs}. Al detenerse escribe un punto de control para continuar más tarde. También puede seguir sin la ventana y detenerse en la próxima.</translation>
    </message>
    <message>
        <source>&amp;Stop and close</source>
        <translation>&amp;Detener y cerrar</translation>
    </message>
    <message>
        <source>&amp;Let it go on</source>
        <translation>&amp;Dejar que siga</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>CurvesPanel</name>
    <message>
        <source>&amp;Logarithmic</source>
        <translation>&amp;Logarítmica</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Curvas</translation>
    </message>
    <message>
        <source>Smoot&amp;hing</source>
        <translation>Suavi&amp;zado</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Suavizado</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Choose a line below to see it.</source>
        <translation>Elija una línea abajo para verla.</translation>
    </message>
    <message>
        <source>The first figures appear after some steps.</source>
        <translation>Las primeras cifras aparecen tras algunos pasos.</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open photos</source>
        <translation>Abrir fotos</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Todos los archivos</translation>
    </message>
    <message>
        <source>Photos and recipes</source>
        <translation>Fotos y recetas</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Abrir una carpeta de fotos</translation>
    </message>
    <message>
        <source>This program</source>
        <translation>Este programa</translation>
    </message>
    <message>
        <source>Ageing networks and what they were trained on</source>
        <translation>Redes de cambio de edad y con qué se entrenaron</translation>
    </message>
    <message>
        <source>Model files by others</source>
        <translation>Archivos de modelos de terceros</translation>
    </message>
    <message>
        <source>Python packages</source>
        <translation>Paquetes de Python</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Open photos…</source>
        <translation>Abrir fotos…</translation>
    </message>
    <message>
        <source>See a face at another age</source>
        <translation>Mira un rostro a otra edad</translation>
    </message>
    <message>
        <source>Drop photos or a folder here. Nothing leaves this computer.</source>
        <translation>Suelta aquí fotos o una carpeta. Nada sale de este equipo.</translation>
    </message>
    <message>
        <source>Or try a sample</source>
        <translation>O prueba con un ejemplo</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>The age {age} is out of range: {low} to {high} are possible.</source>
        <translation>La edad {age} está fuera de rango: se admite de {low} a {high}.</translation>
    </message>
    <message>
        <source>The strength is out of range: 0 to 100 %.</source>
        <translation>La intensidad está fuera de rango: de 0 a 100 %.</translation>
    </message>
    <message>
        <source>Choose another device in the settings.</source>
        <translation>Elige otro dispositivo en los ajustes.</translation>
    </message>
    <message>
        <source>This build has no CUDA.</source>
        <translation>Esta versión no incluye CUDA.</translation>
    </message>
    <message>
        <source>CPU, threads: {count}</source>
        <translation>CPU, hilos: {count}</translation>
    </message>
    <message>
        <source>CPU, threads: {count}, ONNX Runtime</source>
        <translation>CPU, hilos: {count}, ONNX Runtime</translation>
    </message>
    <message>
        <source>The CPU was asked for.</source>
        <translation>Se pidió la CPU.</translation>
    </message>
    <message>
        <source>ONNX Runtime failed ({reason}).</source>
        <translation>ONNX Runtime ha fallado ({reason}).</translation>
    </message>
    <message>
        <source>There was not enough memory to compute the face; close other programs and try again.</source>
        <translation>No había memoria suficiente para calcular el rostro; cierra otros programas e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>No CUDA device was found.</source>
        <translation>No se encontró ningún dispositivo CUDA.</translation>
    </message>
    <message>
        <source>No Apple GPU was found.</source>
        <translation>No se encontró ninguna GPU de Apple.</translation>
    </message>
    <message>
        <source>ONNX Runtime computes on the CPU alone.</source>
        <translation>ONNX Runtime calcula solo en la CPU.</translation>
    </message>
    <message>
        <source>{name} is there and computes what the CPU does.</source>
        <translation>{name} está disponible y calcula lo mismo que la CPU.</translation>
    </message>
    <message>
        <source>{name} failed its self-test ({reason}).</source>
        <translation>{name} no superó su autoprueba ({reason}).</translation>
    </message>
    <message>
        <source>There is no device “{name}”.</source>
        <translation>No existe el dispositivo «{name}».</translation>
    </message>
    <message>
        <source>{name} computes other numbers than the CPU.</source>
        <translation>{name} calcula números distintos de los de la CPU.</translation>
    </message>
    <message>
        <source>“{name}” cannot sign ({reason}). Choose another certificate.</source>
        <translation>«{name}» no puede firmar ({reason}). Elige otro certificado.</translation>
    </message>
    <message>
        <source>There is no age to write yet.</source>
        <translation>Aún no hay ninguna edad que escribir.</translation>
    </message>
    <message>
        <source>No MP4 film can be made on this computer ({reason}). End the name in .webp or .gif.</source>
        <translation>En este equipo no se puede crear un vídeo MP4 ({reason}). Termina el nombre en .webp o .gif.</translation>
    </message>
    <message>
        <source>“{name}” exists already. Choose another name or allow overwriting.</source>
        <translation>«{name}» ya existe. Elige otro nombre o permite sobrescribir.</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist. Create it or choose another one.</source>
        <translation>La carpeta {folder} no existe. Créala o elige otra.</translation>
    </message>
    <message>
        <source>“{name}” cannot be written in the format of its ending. Try .png.</source>
        <translation>«{name}» no se puede escribir en el formato de su extensión. Prueba con .png.</translation>
    </message>
    <message>
        <source>There is no room to write “{name}” in {folder}. Free some space or choose another folder.</source>
        <translation>No hay espacio para escribir «{name}» en {folder}. Libera espacio o elige otra carpeta.</translation>
    </message>
    <message>
        <source>The quality must be between 1 and 100.</source>
        <translation>La calidad debe estar entre 1 y 100.</translation>
    </message>
    <message>
        <source>“{name}” cannot be written in {folder} ({reason}). Choose a folder that you may write to.</source>
        <translation>«{name}» no se puede escribir en {folder} ({reason}). Elige una carpeta en la que puedas escribir.</translation>
    </message>
    <message>
        <source>“{name}” is the photo itself. Originals are never overwritten: choose another name.</source>
        <translation>«{name}» es la propia foto. Los originales nunca se sobrescriben: elige otro nombre.</translation>
    </message>
    <message>
        <source>The file could not be signed ({reason}).</source>
        <translation>No se pudo firmar el archivo ({reason}).</translation>
    </message>
    <message>
        <source>The longest side must be 1 pixel or more.</source>
        <translation>El lado más largo debe medir 1 píxel o más.</translation>
    </message>
    <message>
        <source>The box lies outside the photo; draw it around a face.</source>
        <translation>El recuadro está fuera de la foto; dibújalo alrededor de un rostro.</translation>
    </message>
    <message>
        <source>The face detector failed on this photo; please report it.</source>
        <translation>El detector de rostros falló con esta foto; por favor, comunícalo.</translation>
    </message>
    <message>
        <source>No face was found in “{name}”.</source>
        <translation>No se encontró ningún rostro en «{name}».</translation>
    </message>
    <message>
        <source>No face was found inside the box; draw it around the whole head, or choose a larger or sharper photo of this person.</source>
        <translation>No se encontró ningún rostro dentro del recuadro; dibújalo alrededor de toda la cabeza o elige una foto más grande o más nítida de esta persona.</translation>
    </message>
    <message>
        <source>Face {number} is in full profile, turned by {degrees} degrees; faces turned by up to {most} can be aged.</source>
        <translation>El rostro {number} está de perfil, girado {degrees} grados; se puede cambiar la edad de rostros girados hasta {most}.</translation>
    </message>
    <message>
        <source>There is no region “{name}”.</source>
        <translation>No existe la región «{name}».</translation>
    </message>
    <message>
        <source>Every face asked for is skipped in “{name}”.</source>
        <translation>En «{name}» se omiten todos los rostros pedidos.</translation>
    </message>
    <message>
        <source>Face {number} is {size} pixels across; at least {least} are needed.</source>
        <translation>El rostro {number} mide {size} píxeles; se necesitan al menos {least}.</translation>
    </message>
    <message>
        <source>There is no face {number} in this photo.</source>
        <translation>En esta foto no hay rostro {number}.</translation>
    </message>
    <message>
        <source>This version cannot run {name}; update Agelens.</source>
        <translation>Esta versión no puede ejecutar {name}; actualiza Agelens.</translation>
    </message>
    <message>
        <source>The model file {name} is damaged or altered; reinstall Agelens, or run `make assets` in a checkout.</source>
        <translation>El archivo de modelo {name} está dañado o alterado; reinstala Agelens o, en una copia del código, ejecuta `make assets`.</translation>
    </message>
    <message>
        <source>The model file {name} is missing; reinstall Agelens, or run `make assets` in a checkout.</source>
        <translation>Falta el archivo de modelo {name}; reinstala Agelens o, en una copia del código, ejecuta `make assets`.</translation>
    </message>
    <message>
        <source>{name} cannot be copied to the folder of your own models.</source>
        <translation>{name} no se puede copiar a la carpeta de tus modelos.</translation>
    </message>
    <message>
        <source>{name} is neither a .safetensors nor an .onnx file.</source>
        <translation>{name} no es un archivo .safetensors ni .onnx.</translation>
    </message>
    <message>
        <source>{name} is not a model that ages faces.</source>
        <translation>{name} no es un modelo que cambie la edad de rostros.</translation>
    </message>
    <message>
        <source>A model named {name} is installed already.</source>
        <translation>Ya hay instalado un modelo llamado {name}.</translation>
    </message>
    <message>
        <source>What the manifest says about the weights is not valid ({name}).</source>
        <translation>Lo que el manifiesto dice de los pesos no es válido ({name}).</translation>
    </message>
    <message>
        <source>Agelens needs the manifest.toml that belongs to {name}; put it into the same folder.</source>
        <translation>Agelens necesita el manifest.toml que corresponde a {name}; ponlo en la misma carpeta.</translation>
    </message>
    <message>
        <source>{name} is in safetensors, which this build cannot compute; import it as ONNX (`export-weights --onnx` writes that) or run Agelens from its source.</source>
        <translation>{name} está en safetensors, que esta versión no puede calcular; impórtalo como ONNX (lo escribe `export-weights --onnx`) o ejecuta Agelens desde su código fuente.</translation>
    </message>
    <message>
        <source>A network is missing; reinstall Agelens or train a model.</source>
        <translation>Falta una red; reinstala Agelens o entrena un modelo.</translation>
    </message>
    <message>
        <source>{name} is a pickle, which may run code when opened; Agelens takes safetensors and ONNX only.</source>
        <translation>{name} es un pickle, que puede ejecutar código al abrirse; Agelens solo admite safetensors y ONNX.</translation>
    </message>
    <message>
        <source>The weights of {name} do not fit its network.</source>
        <translation>Los pesos de {name} no encajan con su red.</translation>
    </message>
    <message>
        <source>The model asks for the alignment template {name}, which this version lacks; update Agelens.</source>
        <translation>El modelo pide la plantilla de alineación {name}, que esta versión no tiene; actualiza Agelens.</translation>
    </message>
    <message>
        <source>There is no model {name}.</source>
        <translation>No existe el modelo {name}.</translation>
    </message>
    <message>
        <source>The weights {name} are truncated or altered. Reinstall Agelens.</source>
        <translation>Los pesos {name} están cortados o alterados. Reinstala Agelens.</translation>
    </message>
    <message>
        <source>The weights {name} are missing; copy them back or reinstall Agelens.</source>
        <translation>Faltan los pesos {name}; vuelve a copiarlos o reinstala Agelens.</translation>
    </message>
    <message>
        <source>The weights {name} cannot be read.</source>
        <translation>Los pesos {name} no se pueden leer.</translation>
    </message>
    <message>
        <source>The file is an animation; only its first picture is used.</source>
        <translation>El archivo es una animación; solo se usa su primera imagen.</translation>
    </message>
    <message>
        <source>BMP holds no colour profile, EXIF, XMP or AI marking; they were left out.</source>
        <translation>BMP no admite perfil de color, EXIF, XMP ni la marca de IA; se omitieron.</translation>
    </message>
    <message>
        <source>CMYK was converted to sRGB through its own profile.</source>
        <translation>CMYK se convirtió a sRGB con su propio perfil.</translation>
    </message>
    <message>
        <source>CMYK was converted to sRGB without a profile, colours may differ.</source>
        <translation>CMYK se convirtió a sRGB sin perfil; los colores pueden variar.</translation>
    </message>
    <message>
        <source>The file has more than 8 bits a colour, in a form of which only 8 bits can be read.</source>
        <translation>El archivo tiene más de 8 bits por color, en una forma de la que solo se pueden leer 8 bits.</translation>
    </message>
    <message>
        <source>The photo&apos;s depth map cannot be kept.</source>
        <translation>El mapa de profundidad de la foto no se puede conservar.</translation>
    </message>
    <message>
        <source>The file&apos;s floating-point colours were brought into 16 bits; what is darker than black or brighter than white was cut.</source>
        <translation>Los colores en coma flotante del archivo se pasaron a 16 bits; se recortó lo más oscuro que el negro y lo más claro que el blanco.</translation>
    </message>
    <message>
        <source>The file holds several pictures; only the first is used.</source>
        <translation>El archivo contiene varias imágenes; solo se usa la primera.</translation>
    </message>
    <message>
        <source>The photo&apos;s HDR gain map cannot be kept; the result has standard brightness.</source>
        <translation>El mapa de ganancia HDR de la foto no se puede conservar; el resultado tiene un brillo estándar.</translation>
    </message>
    <message>
        <source>The grey colour profile was replaced by sRGB.</source>
        <translation>El perfil de grises se sustituyó por sRGB.</translation>
    </message>
    <message>
        <source>The photo is in HDR; the result keeps it, but brighter than white is seen as white.</source>
        <translation>La foto está en HDR; el resultado lo conserva, pero lo más claro que el blanco se ve como blanco.</translation>
    </message>
    <message>
        <source>Lab colours were converted to sRGB.</source>
        <translation>Los colores Lab se convirtieron a sRGB.</translation>
    </message>
    <message>
        <source>The file&apos;s layers cannot be kept; the flattened picture is used.</source>
        <translation>Las capas del archivo no se pueden conservar; se usa la imagen acoplada.</translation>
    </message>
    <message>
        <source>The photo&apos;s moving part cannot be kept; only the still picture is used.</source>
        <translation>La parte en movimiento de la foto no se puede conservar; solo se usa la imagen fija.</translation>
    </message>
    <message>
        <source>The file is not signed: c2pa-python is not installed here.</source>
        <translation>El archivo no está firmado: c2pa-python no está instalado aquí.</translation>
    </message>
    <message>
        <source>This format has no transparency; the photo was laid on white.</source>
        <translation>Este formato no tiene transparencia; la foto se puso sobre blanco.</translation>
    </message>
    <message>
        <source>The colour profile does not fit the pixels and was left out.</source>
        <translation>El perfil de color no corresponde a los píxeles y se omitió.</translation>
    </message>
    <message>
        <source>The colour profile is damaged and was left out; colours count as sRGB.</source>
        <translation>El perfil de color está dañado y se omitió; los colores se toman como sRGB.</translation>
    </message>
    <message>
        <source>The camera raw file was developed with the camera&apos;s white balance into 16-bit sRGB; the result becomes a file of its own, such as TIFF or JPEG.</source>
        <translation>El archivo RAW se reveló con el balance de blancos de la cámara en sRGB de 16 bits; el resultado será un archivo propio, como TIFF o JPEG.</translation>
    </message>
    <message>
        <source>The whole photo was compressed again: {decibels} dB like it beside the faces.</source>
        <translation>Se volvió a comprimir toda la foto: fuera de los rostros se le parece en {decibels} dB.</translation>
    </message>
    <message>
        <source>The 16-bit colours were rounded to 8 bits for this format.</source>
        <translation>Los colores de 16 bits se redondearon a 8 bits para este formato.</translation>
    </message>
    <message>
        <source>The photo&apos;s XMP metadata is split; only its main part can be kept.</source>
        <translation>Los metadatos XMP de la foto están divididos; solo se puede conservar su parte principal.</translation>
    </message>
    <message>
        <source>The {what} block is too long for a JPEG and was left out.</source>
        <translation>El bloque {what} es demasiado largo para un JPEG y se omitió.</translation>
    </message>
    <message>
        <source>The file was written without content credentials ({reason}).</source>
        <translation>El archivo se guardó sin credenciales de contenido ({reason}).</translation>
    </message>
    <message>
        <source>The photo&apos;s XMP packet is damaged and was replaced.</source>
        <translation>El paquete XMP de la foto está dañado y se sustituyó.</translation>
    </message>
    <message>
        <source>“{name}” has changed since it was aged; look at it and try again.</source>
        <translation>«{name}» ha cambiado desde que se le cambió la edad; míralo e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>“{name}” is empty. Choose an intact copy.</source>
        <translation>«{name}» está vacío. Elige una copia intacta.</translation>
    </message>
    <message>
        <source>“{name}” is a folder. Choose a photo in it.</source>
        <translation>«{name}» es una carpeta. Elige una foto de ella.</translation>
    </message>
    <message>
        <source>“{name}” does not exist. Check the name and the folder.</source>
        <translation>«{name}» no existe. Comprueba el nombre y la carpeta.</translation>
    </message>
    <message>
        <source>“{name}” is not a photo that can be opened. Choose one of these: {formats}.</source>
        <translation>«{name}» no es una foto que se pueda abrir. Elige una de estas: {formats}.</translation>
    </message>
    <message>
        <source>“{name}” can be opened once the Python package {package} is installed. Install it, or save the photo as PNG.</source>
        <translation>«{name}» se podrá abrir cuando esté instalado el paquete de Python {package}. Instálelo o guarde la foto como PNG.</translation>
    </message>
    <message>
        <source>“{name}” has pixels of a kind that photos do not use ({kind}). Save it as RGB with 8 or 16 bits a channel.</source>
        <translation>«{name}» tiene píxeles de un tipo que las fotos no usan ({kind}). Guárdela como RGB con 8 o 16 bits por canal.</translation>
    </message>
    <message>
        <source>“{name}” is a camera raw file of a kind that cannot be developed here. Save it as TIFF or DNG first.</source>
        <translation>«{name}» es un archivo RAW de un tipo que aquí no se puede revelar. Guárdelo antes como TIFF o DNG.</translation>
    </message>
    <message>
        <source>“{name}” is too large to open; the limit is {limit} megapixels. Make it smaller first.</source>
        <translation>«{name}» es demasiado grande para abrirlo; el límite es de {limit} megapíxeles. Redúcelo antes.</translation>
    </message>
    <message>
        <source>“{name}” is damaged or cut short and cannot be opened. Copy it again from its source.</source>
        <translation>«{name}» está dañado o incompleto y no se puede abrir. Cópialo de nuevo desde su origen.</translation>
    </message>
    <message>
        <source>“{name}” cannot be read. Check that it is a whole photo that you may open.</source>
        <translation>«{name}» no se puede leer. Comprueba que sea una foto completa que puedas abrir.</translation>
    </message>
    <message>
        <source>Face {number} of the recipe was not found again.</source>
        <translation>No se volvió a encontrar el rostro {number} de la receta.</translation>
    </message>
    <message>
        <source>The weights of {name} are not those that the recipe was made with.</source>
        <translation>Los pesos de {name} no son aquellos con los que se hizo la receta.</translation>
    </message>
    <message>
        <source>“{name}” is not the photo that the recipe was made for: its bytes are others.</source>
        <translation>«{name}» no es la foto para la que se hizo la receta: sus bytes son otros.</translation>
    </message>
    <message>
        <source>“{name}” is no recipe of Agelens that can be read.</source>
        <translation>«{name}» no es una receta de Agelens que se pueda leer.</translation>
    </message>
    <message>
        <source>Face {number} at {age}: perhaps not the same person.</source>
        <translation>Rostro {number} a los {age}: quizá no sea la misma persona.</translation>
    </message>
    <message>
        <source>Ageing</source>
        <translation>Cambiando la edad</translation>
    </message>
    <message>
        <source>Putting faces back</source>
        <translation>Devolviendo los rostros a la foto</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Looking for faces</source>
        <translation>Buscando rostros</translation>
    </message>
    <message>
        <source>Picture {done} of {total}</source>
        <translation>Imagen {done} de {total}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>At most {count} pixels a side</source>
        <translation>Como máximo {count} píxeles por lado</translation>
    </message>
    <message>
        <source>As the photo</source>
        <translation>Como la foto</translation>
    </message>
    <message>
        <source>As each photo</source>
        <translation>El de cada foto</translation>
    </message>
    <message>
        <source>Give the new file a number</source>
        <translation>Numerar el archivo nuevo</translation>
    </message>
    <message>
        <source>Skip it; keep what is there</source>
        <translation>Omitirlo y conservar el existente</translation>
    </message>
    <message>
        <source>Replace what is there</source>
        <translation>Reemplazar lo que hay</translation>
    </message>
    <message>
        <source>If a file is there</source>
        <translation>Si ya hay un archivo</translation>
    </message>
    <message>
        <source>Beside each photo</source>
        <translation>Junto a cada foto</translation>
    </message>
    <message>
        <source>Beside the photo</source>
        <translation>Junto a la foto</translation>
    </message>
    <message>
        <source>{name}, {age} and {number} are filled in.</source>
        <translation>{name}, {age} y {number} se sustituyen por su valor.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Examinar…</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>&amp;Preajuste</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>&amp;Carpeta</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>F&amp;ormato</translation>
    </message>
    <message>
        <source>&amp;Quality</source>
        <translation>Ca&amp;lidad</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>&amp;Tamaño</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportar a</translation>
    </message>
    <message>
        <source>Every file is there already; nothing would be exported.</source>
        <translation>Todos los archivos existen ya; no se exportaría nada.</translation>
    </message>
    <message>
        <source>Choose at least one photo.</source>
        <translation>Elige al menos una foto.</translation>
    </message>
    <message>
        <source>Type a file name.</source>
        <translation>Escribe un nombre de archivo.</translation>
    </message>
    <message>
        <source>“{field}” is not filled in; use {fields}.</source>
        <translation>«{field}» no se sustituye; usa {fields}.</translation>
    </message>
    <message>
        <source>Names taken already: {count} of {total}.</source>
        <translation>Nombres ya ocupados: {count} de {total}.</translation>
    </message>
    <message>
        <source>“{name}” in {folder}</source>
        <translation>«{name}» en {folder}</translation>
    </message>
    <message>
        <source>The folder “{name}” does not exist.</source>
        <translation>La carpeta «{name}» no existe.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) beside their photos, the first “{name}”</source>
        <translation>
            <numerusform>%n archivo junto a su foto, el primero «{name}»</numerusform>
            <numerusform>%n archivos junto a sus fotos, el primero «{name}»</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), the first “{name}”, in {folder}</source>
        <translation>
            <numerusform>%n archivo, el primero «{name}», en {folder}</numerusform>
            <numerusform>%n archivos, el primero «{name}», en {folder}</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” is already there.</source>
        <translation>«{name}» ya existe.</translation>
    </message>
</context>
<context>
    <name>ExportResults</name>
    <message>
        <source>Saved “{name}”.</source>
        <translation>Se guardó «{name}».</translation>
    </message>
    <message>
        <source>A file of that name is there already; nothing was saved.</source>
        <translation>Ya hay un archivo con ese nombre; no se ha guardado nada.</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %n photo(s) exported</source>
        <translation>
            <numerusform>{done} de %n foto exportada</numerusform>
            <numerusform>{done} de %n fotos exportadas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skipped</source>
        <translation>
            <numerusform>%n omitida</numerusform>
            <numerusform>%n omitidas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n con error</numerusform>
            <numerusform>%n con error</numerusform>
        </translation>
    </message>
    <message>
        <source>then stopped</source>
        <translation>después detenida</translation>
    </message>
</context>
<context>
    <name>ExportRun</name>
    <message>
        <source>No aged face of “{name}” was found again.</source>
        <translation>No se ha vuelto a encontrar ningún rostro envejecido de «{name}».</translation>
    </message>
    <message>
        <source>Exporting {name}</source>
        <translation>Exportando {name}</translation>
    </message>
    <message>
        <source>Export {number} of {total}: {name}</source>
        <translation>Exportación {number} de {total}: {name}</translation>
    </message>
</context>
<context>
    <name>ExportSwitches</name>
    <message>
        <source>JPEG: leave what no face touches as it is compressed</source>
        <translation>JPEG: dejar comprimido como está lo que ningún rostro toca</translation>
    </message>
    <message>
        <source>Mark the file as edited with AI</source>
        <translation>Marcar el archivo como editado con IA</translation>
    </message>
    <message>
        <source>Keep the photo&apos;s metadata</source>
        <translation>Conservar los metadatos</translation>
    </message>
    <message>
        <source>Keep its place (GPS)</source>
        <translation>Conservar el lugar (GPS)</translation>
    </message>
    <message>
        <source>Sign it (C2PA)</source>
        <translation>Firmarlo (C2PA)</translation>
    </message>
    <message>
        <source>Write it into the picture, too</source>
        <translation>También en la imagen</translation>
    </message>
    <message>
        <source>Write a recipe beside it, to make it again</source>
        <translation>Guardar al lado una receta para volver a hacerlo</translation>
    </message>
    <message>
        <source>Those parts then decode to the same pixels; the quality counts elsewhere.</source>
        <translation>Esas partes dan entonces los mismos píxeles; la calidad cuenta en el resto.</translation>
    </message>
    <message>
        <source>Content credentials say what was done, by which model, to which photo, and show whether the file was changed afterwards. Without a certificate of your own in the settings, one made on this computer signs: it does not tell who you are.</source>
        <translation>Las credenciales de contenido dicen qué se hizo, con qué modelo y a qué foto, y muestran si el archivo se cambió después. Sin un certificado propio en los ajustes firma uno hecho en este equipo: no dice quién eres.</translation>
    </message>
    <message>
        <source>A small line in the lower right corner: “Edited with AI”.</source>
        <translation>Una línea pequeña en la esquina inferior derecha: «Edited with AI».</translation>
    </message>
    <message>
        <source>An .agelens.json with faces, ages and model, but no picture; open it here.</source>
        <translation>Un .agelens.json con rostros, edades y modelo, sin imagen; ábrelo aquí.</translation>
    </message>
</context>
<context>
    <name>ExportTimeline</name>
    <message>
        <source>Export the timeline</source>
        <translation>Exportar la línea de tiempo</translation>
    </message>
    <message>
        <source>Exporting {name}</source>
        <translation>Exportando {name}</translation>
    </message>
    <message>
        <source>Looking for a film encoder</source>
        <translation>Buscando un codificador de vídeo</translation>
    </message>
    <message>
        <source>Saved “{name}”.</source>
        <translation>Se guardó «{name}».</translation>
    </message>
</context>
<context>
    <name>FaceList</name>
    <message>
        <source>Faces in the photo</source>
        <translation>Rostros de la foto</translation>
    </message>
</context>
<context>
    <name>FaceModel</name>
    <message>
        <source>cannot be aged</source>
        <translation>no se puede cambiar de edad</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>omitido</translation>
    </message>
    <message>
        <source>aged to {age}</source>
        <translation>a los {age} años</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>sin cambios</translation>
    </message>
</context>
<context>
    <name>FaceStrip</name>
    <message>
        <source>S&amp;kip</source>
        <translation>&amp;Omitir</translation>
    </message>
    <message>
        <source>A&amp;dd a face</source>
        <translation>Aña&amp;dir un rostro</translation>
    </message>
    <message>
        <source>Age &amp;now</source>
        <translation>Edad a&amp;hora</translation>
    </message>
    <message>
        <source>How old the chosen face is now, in years</source>
        <translation>Edad actual del rostro elegido, en años</translation>
    </message>
    <message>
        <source>Correct the estimated age here; ageing starts from what you say.</source>
        <translation>Corrige aquí la edad estimada; el cambio parte de la que indiques.</translation>
    </message>
    <message>
        <source>Back to the estimated age</source>
        <translation>Volver a la edad estimada</translation>
    </message>
    <message>
        <source>Leave the chosen faces as they are, also in exports (K)</source>
        <translation>Dejar los rostros elegidos como están, también al exportar (K)</translation>
    </message>
    <message>
        <source>Draw a box around a face that was missed (N)</source>
        <translation>Dibujar un recuadro alrededor de un rostro no detectado (N)</translation>
    </message>
</context>
<context>
    <name>FailedState</name>
    <message>
        <source>Copy details</source>
        <translation>Copiar detalles</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Remove from gallery</source>
        <translation>Quitar de la galería</translation>
    </message>
    <message>
        <source>This photo cannot be shown</source>
        <translation>No se puede mostrar esta foto</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>There was not enough memory: {doing}.</source>
        <translation>No hubo memoria suficiente: {doing}.</translation>
    </message>
    <message>
        <source>Something went wrong inside Agelens ({doing}). Your photo is untouched.</source>
        <translation>Algo falló dentro de Agelens ({doing}). Tu foto está intacta.</translation>
    </message>
</context>
<context>
    <name>GalleryModel</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n rostro</numerusform>
            <numerusform>%n rostros</numerusform>
        </translation>
    </message>
    <message>
        <source>not opened yet</source>
        <translation>aún sin abrir</translation>
    </message>
    <message>
        <source>working</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>lista</translation>
    </message>
    <message>
        <source>aged, not exported</source>
        <translation>modificada, sin exportar</translation>
    </message>
    <message>
        <source>exported</source>
        <translation>exportada</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>con error</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>Open photos</source>
        <translation>Fotos abiertas</translation>
    </message>
</context>
<context>
    <name>HelpDialogs</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>HistoryPopup</name>
    <message>
        <source>History</source>
        <translation>Historial</translation>
    </message>
    <message>
        <source>The photo as it was opened</source>
        <translation>La foto tal como se abrió</translation>
    </message>
    <message>
        <source>What was done to the photo</source>
        <translation>Lo que se le hizo a la foto</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Results are impressions made by AI, not evidence.</source>
        <translation>Los resultados son impresiones hechas por IA, no pruebas.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Device: {text}</source>
        <translation>Dispositivo: {text}</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Trabajos</translation>
    </message>
    <message>
        <source>What runs, waits and has been done</source>
        <translation>Lo que está en curso, en espera y hecho</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Progreso</translation>
    </message>
</context>
<context>
    <name>JobLog</name>
    <message>
        <source>waiting</source>
        <translation>en espera</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>done</source>
        <translation>hecho</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>con error</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>cancelado</translation>
    </message>
</context>
<context>
    <name>JobsPopup</name>
    <message>
        <source>Nothing runs, and nothing has been done yet.</source>
        <translation>No hay nada en curso y aún no se ha hecho nada.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>Cancelar todo</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Copiar detalles</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir carpeta</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Trabajos</translation>
    </message>
    <message>
        <source>Work that runs, waits or has ended</source>
        <translation>Trabajos en curso, en espera o terminados</translation>
    </message>
</context>
<context>
    <name>KeepSession</name>
    <message>
        <source>The last session cannot be read; the window starts empty.</source>
        <translation>No se puede leer la última sesión; la ventana empieza vacía.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) of the last session cannot be read.</source>
        <translation>
            <numerusform>No se puede leer %n foto de la última sesión.</numerusform>
            <numerusform>No se pueden leer %n fotos de la última sesión.</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” is not where it was; what was done to it is kept.</source>
        <translation>«{name}» ya no está donde estaba; se conserva lo que se le hizo.</translation>
    </message>
    <message>
        <source>“{name}” is no longer where it was.</source>
        <translation>«{name}» ya no está donde estaba.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) are no longer where they were.</source>
        <translation>
            <numerusform>%n foto ya no está donde estaba.</numerusform>
            <numerusform>%n fotos ya no están donde estaban.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“{name}” has changed; %n of its aged face(s) not found again.</source>
        <translation>
            <numerusform>«{name}» ha cambiado; no se vuelve a encontrar %n de sus rostros modificados.</numerusform>
            <numerusform>«{name}» ha cambiado; no se vuelven a encontrar %n de sus rostros modificados.</numerusform>
        </translation>
    </message>
    <message>
        <source>The session cannot be saved; after a crash it would be lost.</source>
        <translation>No se puede guardar la sesión; se perdería tras un cierre inesperado.</translation>
    </message>
</context>
<context>
    <name>LineChart</name>
    <message>
        <source>Curves</source>
        <translation>Curvas</translation>
    </message>
    <message>
        <source>At step {step}: {figures}</source>
        <translation>En el paso {step}: {figures}</translation>
    </message>
    <message>
        <source>logarithmic</source>
        <translation>logarítmica</translation>
    </message>
    <message>
        <source>value</source>
        <translation>valor</translation>
    </message>
    <message>
        <source>dashed: {run}</source>
        <translation>a trazos: {run}</translation>
    </message>
    <message>
        <source>step</source>
        <translation>paso</translation>
    </message>
    <message>
        <source>Step {step}</source>
        <translation>Paso {step}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tools</source>
        <translation>Herramientas</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>NoRuns</name>
    <message>
        <source>Start training…</source>
        <translation>Entrenar…</translation>
    </message>
    <message>
        <source>Choose a folder of runs…</source>
        <translation>Elegir una carpeta de entrenamientos…</translation>
    </message>
    <message>
        <source>A run teaches a model from a folder of prepared faces. Its curves and samples appear here while it goes on.</source>
        <translation>Un entrenamiento enseña a un modelo a partir de una carpeta de rostros preparados. Sus curvas y muestras aparecen aquí mientras avanza.</translation>
    </message>
    <message>
        <source>No training run here yet</source>
        <translation>Aún no hay entrenamientos aquí</translation>
    </message>
</context>
<context>
    <name>OfferReport</name>
    <message>
        <source>Agelens ended unexpectedly last time. Your photos are untouched, and a report was written; it stays on this computer.</source>
        <translation>La última vez Agelens se cerró inesperadamente. Tus fotos están intactas y se escribió un informe, que permanece en este equipo.</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>Mostrar informe</translation>
    </message>
</context>
<context>
    <name>OpenPhotos</name>
    <message>
        <source>There are no photos in the folder “{name}”.</source>
        <translation>No hay fotos en la carpeta «{name}».</translation>
    </message>
    <message>
        <source>JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC, AVIF, JPEG XL and camera raw</source>
        <translation>JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC, AVIF, JPEG XL y RAW de cámara</translation>
    </message>
    <message>
        <source>“{name}” is not a photo that Agelens can open; it opens {formats}.</source>
        <translation>«{name}» no es una foto que Agelens pueda abrir; abre {formats}.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are not photos; Agelens opens {formats}.</source>
        <translation>
            <numerusform>%n archivo no es una foto; Agelens abre {formats}.</numerusform>
            <numerusform>%n archivos no son fotos; Agelens abre {formats}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>Abriendo {name}</translation>
    </message>
    <message>
        <source>Looking for faces in {name}</source>
        <translation>Buscando rostros en {name}</translation>
    </message>
    <message>
        <source>No face was found in “{name}”; try a photo that shows one.</source>
        <translation>No se encontró ningún rostro en «{name}»; prueba con una foto que muestre uno.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>OpenRecipes</name>
    <message>
        <source>Opening {name}</source>
        <translation>Abriendo {name}</translation>
    </message>
    <message>
        <source>The photo of “{name}” is not where it was: {place}.</source>
        <translation>La foto de «{name}» no está donde estaba: {place}.</translation>
    </message>
    <message>
        <source>The model {model} of “{name}” is not installed; another one is used.</source>
        <translation>El modelo {model} de «{name}» no está instalado; se usa otro.</translation>
    </message>
    <message>
        <source>“{photo}” has changed since the recipe was made; look at its faces.</source>
        <translation>«{photo}» ha cambiado desde que se hizo la receta; revisa sus rostros.</translation>
    </message>
    <message>
        <source>Recipe “{name}”</source>
        <translation>Receta «{name}»</translation>
    </message>
</context>
<context>
    <name>PastePhotos</name>
    <message>
        <source>There is no photo on the clipboard; copy a file or a picture first.</source>
        <translation>No hay ninguna foto en el portapapeles; copia antes un archivo o una imagen.</translation>
    </message>
    <message>
        <source>The pasted picture cannot be saved, so it is not opened.</source>
        <translation>No se puede guardar la imagen pegada, así que no se abre.</translation>
    </message>
</context>
<context>
    <name>PhotoList</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguna</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Importing {name}</source>
        <translation>Importando {name}</translation>
    </message>
    <message>
        <source>The model “{title}” is installed.</source>
        <translation>El modelo «{title}» está instalado.</translation>
    </message>
    <message>
        <source>Preparing the device</source>
        <translation>Preparando el dispositivo</translation>
    </message>
</context>
<context>
    <name>PresetRow</name>
    <message>
        <source>Save…</source>
        <translation>Guardar…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Keep these choices under a name</source>
        <translation>Guardar estas opciones con un nombre</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>Guardar preajuste</translation>
    </message>
    <message>
        <source>Name of the preset:</source>
        <translation>Nombre del preajuste:</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Own choices</source>
        <translation>Opciones propias</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>As the photo, best quality</source>
        <translation>Como la foto, la mejor calidad</translation>
    </message>
    <message>
        <source>Original size, lossless</source>
        <translation>Tamaño original, sin pérdida</translation>
    </message>
    <message>
        <source>For the web, 2048 px</source>
        <translation>Para la web, 2048 px</translation>
    </message>
</context>
<context>
    <name>RecentPhotos</name>
    <message>
        <source>&amp;Clear the list</source>
        <translation>&amp;Borrar la lista</translation>
    </message>
</context>
<context>
    <name>RegionStrengths</name>
    <message>
        <source>Regions</source>
        <translation>Zonas</translation>
    </message>
    <message>
        <source>How much of the change each part of the face takes</source>
        <translation>Cuánto del cambio recibe cada parte del rostro</translation>
    </message>
    <message>
        <source>Put all regions back</source>
        <translation>Restablecer todas las zonas</translation>
    </message>
    <message>
        <source>Forehead, cheeks, nose, mouth and chin</source>
        <translation>Frente, mejillas, nariz, boca y mentón</translation>
    </message>
    <message>
        <source>Lids, bags and crow&apos;s feet; the eyes themselves never change</source>
        <translation>Párpados, bolsas y patas de gallo; los ojos nunca cambian</translation>
    </message>
    <message>
        <source>Auto: brows go with the hair, a beard goes with the skin</source>
        <translation>Auto: las cejas van con el cabello y la barba con la piel</translation>
    </message>
    <message>
        <source>The hair and how grey it turns</source>
        <translation>El cabello y lo canoso que se vuelve</translation>
    </message>
    <message>
        <source>{what}. Double click or Backspace: back to {default}</source>
        <translation>{what}. Doble clic o Retroceso: vuelve a {default}</translation>
    </message>
    <message>
        <source>{region} in per cent</source>
        <translation>{region} en porcentaje</translation>
    </message>
    <message>
        <source>Changed: {what}</source>
        <translation>Cambiado: {what}</translation>
    </message>
</context>
<context>
    <name>Regions</name>
    <message>
        <source>Skin</source>
        <translation>Piel</translation>
    </message>
    <message>
        <source>Around the eyes</source>
        <translation>Contorno de ojos</translation>
    </message>
    <message>
        <source>Brows and beard</source>
        <translation>Cejas y barba</translation>
    </message>
    <message>
        <source>Hair</source>
        <translation>Cabello</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Regions of face {faces}</source>
        <translation>Zonas del rostro {faces}</translation>
    </message>
    <message>
        <source>{region} of face {faces}: {share}</source>
        <translation>{region} del rostro {faces}: {share}</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Crash report</source>
        <translation>Informe de error</translation>
    </message>
    <message>
        <source>This is all that was written down when Agelens ended unexpectedly. It was sent nowhere; file names in it may be private.</source>
        <translation>Esto es todo lo que se anotó cuando Agelens se cerró inesperadamente. No se envió a ninguna parte; puede contener nombres de archivo privados.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
</context>
<context>
    <name>RunHead</name>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Detener</translation>
    </message>
    <message>
        <source>&amp;Go on…</source>
        <translation>&amp;Continuar…</translation>
    </message>
    <message>
        <source>Open &amp;folder</source>
        <translation>Abrir carpe&amp;ta</translation>
    </message>
    <message>
        <source>&amp;Use these weights</source>
        <translation>&amp;Usar estos pesos</translation>
    </message>
    <message>
        <source>Making weights…</source>
        <translation>Creando los pesos…</translation>
    </message>
    <message>
        <source>Make a model of the newest checkpoint and choose it for the photos</source>
        <translation>Hacer un modelo del último punto de control y elegirlo para las fotos</translation>
    </message>
    <message>
        <source>Finish the running step, write a checkpoint and end</source>
        <translation>Acabar el paso en curso, escribir un punto de control y terminar</translation>
    </message>
    <message>
        <source>Train on from the last checkpoint</source>
        <translation>Seguir entrenando desde el último punto de control</translation>
    </message>
</context>
<context>
    <name>RunRows</name>
    <message>
        <source>Training runs</source>
        <translation>Entrenamientos</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>Starting</source>
        <translation>Empezando</translation>
    </message>
    <message>
        <source>Not begun</source>
        <translation>Sin empezar</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Writing the checkpoint</source>
        <translation>Escribiendo el punto de control</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Detenido</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Terminado</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falló</translation>
    </message>
    <message>
        <source>step {step} of {steps}</source>
        <translation>paso {step} de {steps}</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>paso {step}</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Deteniendo</translation>
    </message>
    <message>
        <source>{speed} images/s</source>
        <translation>{speed} imágenes/s</translation>
    </message>
    <message>
        <source>about {count} min left</source>
        <translation>quedan unos {count} min</translation>
    </message>
    <message>
        <source>about {count} h left</source>
        <translation>quedan unas {count} h</translation>
    </message>
    <message>
        <source>It ended without saying why; perhaps it was ended or memory ran out.</source>
        <translation>Terminó sin decir por qué; quizá alguien lo cerró o faltó memoria.</translation>
    </message>
    <message>
        <source>images/s</source>
        <translation>imágenes/s</translation>
    </message>
</context>
<context>
    <name>SampleCard</name>
    <message>
        <source>Open the sample photo {name}</source>
        <translation>Abrir la foto de ejemplo {name}</translation>
    </message>
</context>
<context>
    <name>SampleViewer</name>
    <message>
        <source>{name} cannot be read.</source>
        <translation>No se puede leer {name}.</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Muestras</translation>
    </message>
    <message>
        <source>&amp;Compare with</source>
        <translation>&amp;Comparar con</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Comparar con</translation>
    </message>
    <message>
        <source>Step of the samples</source>
        <translation>Paso de las muestras</translation>
    </message>
    <message>
        <source>The photo first, then the ages that the recipe asks for. The wheel zooms.</source>
        <translation>Primero la foto, luego las edades que pide la receta. La rueda amplía.</translation>
    </message>
    <message>
        <source>Earlier sample</source>
        <translation>Muestra anterior</translation>
    </message>
    <message>
        <source>Later sample</source>
        <translation>Muestra posterior</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>paso {step}</translation>
    </message>
    <message>
        <source>The first samples appear with the first checkpoint.</source>
        <translation>Las primeras muestras aparecen con el primer punto de control.</translation>
    </message>
    <message>
        <source>{name}, step {step}</source>
        <translation>{name}, paso {step}</translation>
    </message>
    <message>
        <source>Samples of {run}</source>
        <translation>Muestras de {run}</translation>
    </message>
</context>
<context>
    <name>ScoreCard</name>
    <message>
        <source>same person from {value}</source>
        <translation>misma persona desde {value}</translation>
    </message>
    <message>
        <source>How alike the face is to itself before, as SFace measures it: 1 is the same picture. From the mark on, its authors call two faces one person&apos;s.</source>
        <translation>Cuánto se parece el rostro a sí mismo antes del cambio, según SFace: 1 es la misma imagen. A partir de la marca, sus autores consideran que dos rostros son de la misma persona.</translation>
    </message>
    <message>
        <source>Estimated age</source>
        <translation>Edad estimada</translation>
    </message>
    <message>
        <source>Identity similarity</source>
        <translation>Similitud de identidad</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Midiendo…</translation>
    </message>
    <message>
        <source>Choose an age to see the scores.</source>
        <translation>Elige una edad para ver las puntuaciones.</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Puntuaciones</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Strength of face {faces}: {percent} %</source>
        <translation>Intensidad del rostro {faces}: {percent} %</translation>
    </message>
    <message>
        <source>Face {faces} at {years}</source>
        <translation>Rostro {faces} a los {years} años</translation>
    </message>
    <message>
        <source>Face {faces} as it is</source>
        <translation>Rostro {faces} como está</translation>
    </message>
    <message>
        <source>Skip face {faces}</source>
        <translation>Omitir el rostro {faces}</translation>
    </message>
    <message>
        <source>Take in face {faces}</source>
        <translation>Incluir el rostro {faces}</translation>
    </message>
    <message>
        <source>Add face {face}</source>
        <translation>Añadir el rostro {face}</translation>
    </message>
    <message>
        <source>Age of face {face} as estimated</source>
        <translation>Edad del rostro {face} según la estimación</translation>
    </message>
    <message>
        <source>Face {face} is {years} now</source>
        <translation>El rostro {face} tiene ahora {years} años</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Another language shows at the next start.</source>
        <translation>El cambio de idioma se verá la próxima vez que inicies Agelens.</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Examinar…</translation>
    </message>
    <message>
        <source>Empty now</source>
        <translation>Vaciar ahora</translation>
    </message>
    <message>
        <source>Import weights…</source>
        <translation>Importar pesos…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir carpeta</translation>
    </message>
    <message>
        <source>{title} · ages {low} to {high} · {size} MB</source>
        <translation>{title} · de {low} a {high} años · {size} MB</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automático</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>Procesador (CPU)</translation>
    </message>
    <message>
        <source>NVIDIA graphics card (CUDA)</source>
        <translation>Tarjeta gráfica NVIDIA (CUDA)</translation>
    </message>
    <message>
        <source>Apple graphics (MPS)</source>
        <translation>Gráficos de Apple (MPS)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguna</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Dispositivo</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Tema</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Idioma</translation>
    </message>
    <message>
        <source>T&amp;humbnails on disk</source>
        <translation>&amp;Miniaturas en disco</translation>
    </message>
    <message>
        <source>In the &amp;folder</source>
        <translation>En la &amp;carpeta</translation>
    </message>
    <message>
        <source>Si&amp;gn as</source>
        <translation>Fir&amp;mar como</translation>
    </message>
    <message>
        <source>Agelens works offline: no photo, result or measurement ever leaves this computer.</source>
        <translation>Agelens funciona sin conexión: ninguna foto, resultado ni medición sale nunca de este equipo.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Installed models</source>
        <translation>Modelos instalados</translation>
    </message>
    <message>
        <source>Keep thumbnails in</source>
        <translation>Guardar las miniaturas en</translation>
    </message>
    <message>
        <source>Import weights</source>
        <translation>Importar pesos</translation>
    </message>
    <message>
        <source>Weights (*.safetensors *.onnx)</source>
        <translation>Pesos (*.safetensors *.onnx)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atajos de teclado</translation>
    </message>
</context>
<context>
    <name>ShowJobs</name>
    <message>
        <source>Written to {folder}</source>
        <translation>Guardado en {folder}</translation>
    </message>
    <message>
        <source>about {count} s left</source>
        <translation>quedan unos {count} s</translation>
    </message>
    <message>
        <source>about {count} min left</source>
        <translation>quedan unos {count} min</translation>
    </message>
</context>
<context>
    <name>ShowPhoto</name>
    <message>
        <source>Opening {name}…</source>
        <translation>Abriendo {name}…</translation>
    </message>
    <message>
        <source>Looking for faces…</source>
        <translation>Buscando rostros…</translation>
    </message>
    <message>
        <source>No face was found in this photo.</source>
        <translation>No se encontró ningún rostro en esta foto.</translation>
    </message>
    <message>
        <source>Click a face in the photo.</source>
        <translation>Haz clic en un rostro de la foto.</translation>
    </message>
</context>
<context>
    <name>ShowTimeline</name>
    <message>
        <source>Timeline of face {number}</source>
        <translation>Línea de tiempo del rostro {number}</translation>
    </message>
    <message>
        <source>Choose a face to see it from young to old.</source>
        <translation>Elige un rostro para verlo de joven a mayor.</translation>
    </message>
    <message>
        <source>{ready} of {total}</source>
        <translation>{ready} de {total}</translation>
    </message>
    <message>
        <source>Click an age to take it.</source>
        <translation>Haz clic en una edad para usarla.</translation>
    </message>
</context>
<context>
    <name>SignerBox</name>
    <message>
        <source>Made on this computer</source>
        <translation>Hecho en este equipo</translation>
    </message>
    <message>
        <source>Choose a certificate…</source>
        <translation>Elegir un certificado…</translation>
    </message>
    <message>
        <source>Signed by the certificate made on this computer. It shows that a file is unchanged, but not who you are.</source>
        <translation>Firma el certificado hecho en este equipo: muestra que un archivo no ha cambiado, pero no quién eres.</translation>
    </message>
    <message>
        <source>Signed as “{name}”: everyone can see who vouches for the file.</source>
        <translation>Se firma como «{name}»: todos pueden ver quién responde por el archivo.</translation>
    </message>
    <message>
        <source>Certificate with its key</source>
        <translation>Certificado con su clave</translation>
    </message>
    <message>
        <source>Certificates (*.pem)</source>
        <translation>Certificados (*.pem)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
</context>
<context>
    <name>TendFaces</name>
    <message>
        <source>Looking for a face inside the box</source>
        <translation>Buscando un rostro dentro del recuadro</translation>
    </message>
    <message>
        <source>That is face {number}, which had been found already.</source>
        <translation>Ese es el rostro {number}, que ya se había encontrado.</translation>
    </message>
    <message>
        <source>Looking for faces…</source>
        <translation>Buscando rostros…</translation>
    </message>
    <message>
        <source>No face was found. If there is one, draw a box around it.</source>
        <translation>No se encontró ningún rostro. Si hay alguno, dibuja un recuadro a su alrededor.</translation>
    </message>
</context>
<context>
    <name>TimelineDialog</name>
    <message>
        <source>Export the timeline</source>
        <translation>Exportar la línea de tiempo</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>The face</source>
        <translation>El rostro</translation>
    </message>
    <message>
        <source>The face, upright</source>
        <translation>El rostro, derecho</translation>
    </message>
    <message>
        <source>The whole photo</source>
        <translation>La foto entera</translation>
    </message>
    <message>
        <source>Sheet of pictures (PNG)</source>
        <translation>Hoja de imágenes (PNG)</translation>
    </message>
    <message>
        <source>Animated GIF</source>
        <translation>GIF animado</translation>
    </message>
    <message>
        <source>Animated WebP</source>
        <translation>WebP animado</translation>
    </message>
    <message>
        <source>Film (MP4)</source>
        <translation>Película (MP4)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>&amp;Pictures show</source>
        <translation>Se &amp;muestra</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>F&amp;ormato</translation>
    </message>
    <message>
        <source>As the photo shows it.</source>
        <translation>Tal como está en la foto.</translation>
    </message>
    <message>
        <source>Turned so that the eyes are level.</source>
        <translation>Girado para que los ojos queden a nivel.</translation>
    </message>
    <message>
        <source>Scaled down; only this face changes.</source>
        <translation>Reducida; solo cambia este rostro.</translation>
    </message>
</context>
<context>
    <name>TimelineModel</name>
    <message>
        <source>At {age}</source>
        <translation>A los {age} años</translation>
    </message>
    <message>
        <source>At {age}, not ready yet</source>
        <translation>A los {age} años, aún no está lista</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Export timeline…</source>
        <translation>Exportar línea de tiempo…</translation>
    </message>
    <message>
        <source>The face from young to old</source>
        <translation>El rostro de joven a mayor</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Hide the timeline</source>
        <translation>Ocultar la línea de tiempo</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Línea de tiempo</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
</context>
<context>
    <name>TrainRuns</name>
    <message>
        <source>The configurations that come with Agelens are missing.</source>
        <translation>Faltan las configuraciones que vienen con Agelens.</translation>
    </message>
    <message>
        <source>{name} is no configuration to train from.</source>
        <translation>{name} no es una configuración de entrenamiento.</translation>
    </message>
    <message>
        <source>{run} cannot be used: {reason}.</source>
        <translation>No se puede usar {run}: {reason}.</translation>
    </message>
    <message>
        <source>Choose a folder of faces that “python main.py prepare” has written.</source>
        <translation>Elija una carpeta de rostros escrita por «python main.py prepare».</translation>
    </message>
    <message>
        <source>The training cannot start: {reason}.</source>
        <translation>El entrenamiento no puede empezar: {reason}.</translation>
    </message>
    <message>
        <source>Name a folder for the run.</source>
        <translation>Indique una carpeta para el entrenamiento.</translation>
    </message>
    <message>
        <source>{run} is being trained already.</source>
        <translation>{run} ya se está entrenando.</translation>
    </message>
    <message>
        <source>A new run of {steps} steps, in a process of its own.</source>
        <translation>Un entrenamiento nuevo de {steps} pasos, en un proceso propio.</translation>
    </message>
    <message>
        <source>{run} has files in it that are no run’s; name another folder.</source>
        <translation>{run} contiene archivos que no son de un entrenamiento; indique otra carpeta.</translation>
    </message>
    <message>
        <source>{run} is a run of another configuration; name another folder.</source>
        <translation>{run} es un entrenamiento de otra configuración; indique otra carpeta.</translation>
    </message>
    <message>
        <source>{run} is finished.</source>
        <translation>{run} ha terminado.</translation>
    </message>
    <message>
        <source>Goes on with {run} from its last checkpoint, at step {step} of {steps}.</source>
        <translation>Continúa {run} desde su último punto de control, en el paso {step} de {steps}.</translation>
    </message>
    <message>
        <source>{name} ({recipe}, {steps} steps)</source>
        <translation>{name} ({recipe}, {steps} pasos)</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message>
        <source>Show the run</source>
        <translation>Ver el entrenamiento</translation>
    </message>
    <message>
        <source>The training of {run} failed. {reason}</source>
        <translation>El entrenamiento de {run} falló. {reason}</translation>
    </message>
    <message>
        <source>The training of {run} is finished.</source>
        <translation>El entrenamiento de {run} ha terminado.</translation>
    </message>
    <message>
        <source>{run} has stopped at step {step}; its checkpoint is written.</source>
        <translation>{run} se ha detenido en el paso {step}; su punto de control está escrito.</translation>
    </message>
    <message>
        <source>Folder of runs</source>
        <translation>Carpeta de entrenamientos</translation>
    </message>
</context>
<context>
    <name>TrainingDialog</name>
    <message>
        <source>Start training</source>
        <translation>Entrenar</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Empezar</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Examinar…</translation>
    </message>
    <message>
        <source>{run}’s own</source>
        <translation>La propia de {run}</translation>
    </message>
    <message>
        <source>Nothing: learn from the beginning</source>
        <translation>Nada: aprender desde el principio</translation>
    </message>
    <message>
        <source>The networks of {run}</source>
        <translation>Las redes de {run}</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sin límite</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>A folder that python main.py prepare has written</source>
        <translation>Una carpeta escrita por python main.py prepare</translation>
    </message>
    <message>
        <source>&amp;Configuration</source>
        <translation>&amp;Configuración</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>&amp;Datos</translation>
    </message>
    <message>
        <source>&amp;Run folder</source>
        <translation>Carpeta del ent&amp;renamiento</translation>
    </message>
    <message>
        <source>&amp;Begin with</source>
        <translation>&amp;Empezar con</translation>
    </message>
    <message>
        <source>&amp;Stop after</source>
        <translation>De&amp;tener tras</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Browse: {field}</source>
        <translation>Examinar: {field}</translation>
    </message>
    <message>
        <source>Prepared data</source>
        <translation>Datos preparados</translation>
    </message>
    <message>
        <source>Run folder</source>
        <translation>Carpeta del entrenamiento</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Configuración</translation>
    </message>
    <message>
        <source>Configurations (*.toml)</source>
        <translation>Configuraciones (*.toml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
</context>
<context>
    <name>TrainingPage</name>
    <message>
        <source>Choose &amp;folder…</source>
        <translation>Elegir carpe&amp;ta…</translation>
    </message>
    <message>
        <source>Start &amp;training…</source>
        <translation>&amp;Entrenar…</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Back to the photos (Ctrl+Shift+T)</source>
        <translation>Volver a las fotos (Ctrl+Shift+T)</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Entrenamiento</translation>
    </message>
</context>
<context>
    <name>UndoEdits</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Undo “{step}”</source>
        <translation>&amp;Deshacer «{step}»</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Rehacer</translation>
    </message>
    <message>
        <source>&amp;Redo “{step}”</source>
        <translation>&amp;Rehacer «{step}»</translation>
    </message>
</context>
<context>
    <name>UseWeights</name>
    <message>
        <source>There is no checkpoint yet.</source>
        <translation>Aún no hay punto de control.</translation>
    </message>
    <message>
        <source>The card of this recipe cannot be used.</source>
        <translation>No se puede usar la ficha de esta receta.</translation>
    </message>
    <message>
        <source>There is no card to make a model of this recipe with.</source>
        <translation>No hay ficha para hacer un modelo de esta receta.</translation>
    </message>
    <message>
        <source>This model only reads ages; it turns no face.</source>
        <translation>Este modelo solo lee edades; no cambia rostros.</translation>
    </message>
    <message>
        <source>The weights cannot be made. {reason}</source>
        <translation>No se pueden crear los pesos. {reason}</translation>
    </message>
    <message>
        <source>Importing {name}</source>
        <translation>Importando {name}</translation>
    </message>
    <message>
        <source>The model “{title}” is chosen for the photos.</source>
        <translation>El modelo «{title}» queda elegido para las fotos.</translation>
    </message>
    <message>
        <source>Show the photos</source>
        <translation>Ver las fotos</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Face {number}</source>
        <translation>Rostro {number}</translation>
    </message>
    <message>
        <source>Face {number}, {age} years old</source>
        <translation>Rostro {number}, {age} años</translation>
    </message>
    <message>
        <source>Face {number}, looks about {age}</source>
        <translation>Rostro {number}, aparenta unos {age} años</translation>
    </message>
    <message>
        <source>The same person</source>
        <translation>La misma persona</translation>
    </message>
    <message>
        <source>Perhaps not the same person</source>
        <translation>Quizá no sea la misma persona</translation>
    </message>
    <message>
        <source>reached the age asked for</source>
        <translation>alcanzó la edad pedida</translation>
    </message>
    <message>
        <source>went {years} years too far</source>
        <translation>se pasó {years} años</translation>
    </message>
    <message>
        <source>fell {years} years short</source>
        <translation>se quedó corto por {years} años</translation>
    </message>
    <message>
        <source>{person}; {age}.</source>
        <translation>{person}; {age}.</translation>
    </message>
    <message>
        <source>Estimated age {before} before, {after} after; identity {identity}. {verdict}</source>
        <translation>Edad estimada: antes {before}, después {after}; identidad {identity}. {verdict}</translation>
    </message>
</context>
<context>
    <name>Worker</name>
    <message>
        <source>starting the ageing engine</source>
        <translation>al iniciar el motor</translation>
    </message>
</context>
</TS>
