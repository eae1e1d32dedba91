"use strict";(()=>{var bl=Object.defineProperty;var yl=(e,t,n)=>()=>{if(n)throw n[0];try{return e&&(t=e(e=0)),t}catch(i){throw n=[i],i}};var Zr=(e,t)=>{for(var n in t)bl(e,n,{get:t[n],enumerable:!0})};var Fi={};Zr(Fi,{sendFiles:()=>Sl,uploadFile:()=>Tl});async function Sl(e,t,n){let i=await Promise.all(n.map(r=>e.upload(r)));return e.send({...t,attachments:[...t.attachments??[],...i.map(({id:r})=>({id:r}))]})}async function Tl(e,t,n,i={},r,o){let{width:a,height:s,onProgress:u,signal:h}=i;h?.throwIfAborted();let d=i.name??(n.name||"file"),m=i.mimeType??(n.type||"application/octet-stream"),p=await e({type:"CREATE_UPLOAD",chatId:t,name:d,size:n.size,mimeType:m,width:a,height:s}),f=Il(p.uploadUrl);try{return await Cl(f,n,{Refused:r,Interrupted:o},u,h),p.file}catch(x){throw fetch(f,{method:"DELETE"}).catch(()=>{}),x}}async function Cl(e,t,n,i,r){let{size:o}=t,a=0,s=0,u=!1;for(;;){i?.(a,o);let h=u?a:Math.min(a+1048576,o),d=u?`bytes */${o}`:`bytes ${a}-${h-1}/${o}`,{isComplete:m,received:p=a,error:f,waitMs:x}=await Ml(e,d,t.slice(a,h),n,r);if(m)return i?.(o,o);if(u=f!==void 0,f){if(++s>8)throw f;await Al(x??250*2**s*Math.random(),r)}else p>a&&(s=0);a=p}}async function Ml(e,t,n,{Refused:i,Interrupted:r},o){try{let a=await fetch(e,{method:"PUT",headers:{"content-range":t},body:n,signal:o}),s=await a.json();if(a.status===201)return{isComplete:!0};if(a.status===308)return{received:s.received};let u=new i(s);if(!El.has(u.code))throw u;return{error:u,waitMs:u.retryAfterMs}}catch(a){if(o?.throwIfAborted(),a instanceof i)throw a;return{error:new r("the upload was interrupted",void 0,a)}}}function Al(e,t){return new Promise((n,i)=>{let r=()=>{clearTimeout(o),i(t?.reason)},o=setTimeout(()=>{t?.removeEventListener("abort",r),n()},e);t?.addEventListener("abort",r,{once:!0})})}var El,Il,zi=yl(()=>{"use strict";El=new Set(["CONFLICT","RATE_LIMITED","UNAVAILABLE"]);Il=e=>globalThis.location?.protocol==="https:"?e.replace(/^http:/,"https:"):e});var tt=class extends Error{name="PichatError"},it=class extends tt{name="CommandError";constructor(t){super(`${t.code}: ${t.error}`),this.code=t.code,this.command=t.command,this.field=t.field,this.retryAfterMs=t.retryAfterMs}},Ue=class extends tt{name="ConnectionLost"},Ut=class extends tt{name="ConnectionFailed";constructor(t,n,i){super(t,{cause:i}),this.closeCode=n}},St=class extends tt{name="Closed";constructor(t,n,i){super(t,{cause:i}),this.closeCode=n}},xt=class extends St{name="AuthenticationError";constructor(t,n,i){super(t,i),this.code=n}},le=class extends tt{name="TimedOut"};function Kt(e=Date.now()){let t=crypto.getRandomValues(new Uint8Array(10));t[0]=112|t[0]&15,t[2]=128|t[2]&63;let n=(r,o)=>r.toString(16).padStart(o,"0");return(n(e,12)+[...t].map(r=>n(r,2)).join("")).replace(/(.{8})(.{4})(.{4})(.{4})/,"$1-$2-$3-$4-")}var wl=128;function Jr(e,t){let n=t===1?"answer-":`answer${t}-`;return n+e.slice(-(wl-n.length))}var Li=new WeakMap;function Qr(e,t,n){let i=Li.get(t);if(i)return i;let r=kl(e,t,n).finally(()=>{Li.delete(t),delete t.loadingMembers});return Li.set(t,r),r}async function kl(e,t,n){let i=t.loadingMembers=new Map,r;do{let o=await n({type:"GET_MEMBERS",chatId:t.id,limit:200,cursor:r});for(let a of o.members)i.set(a.user.id,a),e.updateUser(a.user);r=o.nextCursor}while(r!==void 0);return t.members=i,i}var qe=class{id;chat;position;from;messages=[];members;loadingMembers;typing=new Map;streams=new Map;changedStreams=new Set;endedStreams=new Set;stale;keep;constructor(t,n,i,r){this.id=t.id,this.chat=t,ce(this,t,r),this.position=n,this.from=n+1,this.keep=i,this.stale=t.myRole===void 0}get readByAllSeq(){let t=[...this.members?.values()??[]].filter(({user:n})=>n.kind==="human");return t.length?Math.min(...t.map(n=>this.#t(n))):0}#t({user:t,readSeq:n}){if(n+1<this.from)return n;let i=n;for(let r=Ri(this.messages,n+1);this.messages[r]?.sender.id===t.id;r++)i=this.messages[r].seq;return i}get memberLists(){return[this.members,this.loadingMembers].filter(t=>t!==void 0)}},vl=["myRole","unreadCount","mentionCount","readSeq","unreadFromSeq","muted","mutedUntil","peer"];function ce(e,t,n){let r=t.myRole!==void 0?[]:vl.filter(s=>e.chat[s]!==void 0).map(s=>[s,e.chat[s]]),{lastMessage:o}=t,a=o&&$e(e,o.id);e.chat={...t,...Object.fromEntries(r),...o&&{lastMessage:xl(o,a,n)}},e.messages.splice(0,Ri(e.messages,t.firstSeq))}function xl(e,t,n){let i=_i(e,t);return{...i,reactions:i.reactions.map(r=>({...r,me:r.me||r.userIds.includes(n)}))}}function Xr(e,t){e.stale||=(t.readSeq??0)<(e.chat.readSeq??0),e.chat={...e.chat,mutedUntil:void 0,unreadFromSeq:void 0,...t}}function to(e,t){let n=[...e.streams.values()].filter(({id:r})=>e.changedStreams.has(r)),i=t.filter(({id:r})=>!e.endedStreams.has(r));e.streams=new Map(i.map(r=>[r.id,r]));for(let r of n)(r.nextIndex??0)>=(e.streams.get(r.id)?.nextIndex??0)&&e.streams.set(r.id,r);e.endedStreams.clear()}function Ri(e,t){let n=0,i=e.length;for(;n<i;){let r=n+i>>1;e[r].seq<t?n=r+1:i=r}return n}var Oi=(e,t)=>e.messages.find(n=>n.id===t),$e=(e,t)=>Oi(e,t)??(e.chat.lastMessage?.id===t?e.chat.lastMessage:void 0);function Yt(e,t){if(t.seq<e.from)return;let n=Ri(e.messages,t.seq),i=e.messages[n];i?.seq!==t.seq?e.messages.splice(n,0,t):i.updatedSeq<=t.updatedSeq&&(e.messages[n]=t)}function eo(e,t){let[n]=t.messages;e.messages.unshift(...t.messages.filter(({seq:i})=>i<e.from)),e.from=t.hasMore&&n?Math.min(e.from,n.seq):1,e.keep=Math.max(e.keep,e.messages.length)}function Ee(e,t=Math.ceil(e.keep/4)){e.messages.length<=e.keep+t||(e.messages=e.messages.slice(-e.keep),e.from=e.messages[0].seq)}var Di=({readSeq:e=0,unreadFromSeq:t=1/0})=>Math.min(e,t-1);function no(e,t,n){let i={...e.chat,messageCount:e.chat.messageCount+1,lastMessage:t,updatedAt:t.createdAt};e.chat=i,!(t.sender.id===n||t.seq<=Di(i))&&(i.unreadCount=(i.unreadCount??0)+1,t.mentions.includes(n)&&(i.mentionCount=(i.mentionCount??0)+1))}function io(e,t,n,i){let r={...e.chat,messageCount:Math.max(0,e.chat.messageCount-1)};e.chat=r;let o=n.sender.id!==i&&n.seq>Di(r);if(o&&(r.unreadCount=Math.max(0,(r.unreadCount??0)-1)),o&&!t?e.stale=!0:o&&t?.mentions.includes(i)&&(r.mentionCount=Math.max(0,(r.mentionCount??0)-1)),r.lastMessage?.id!==n.id)return;let a=e.messages.findLast(s=>!s.deletedAt);r.lastMessage=a,!a&&e.from>1&&(e.stale=!0)}function ro(e,t,n,i){if(e.chat.lastMessage?.id===n.id&&(e.chat={...e.chat,lastMessage:n}),n.sender.id===i)return;let r=n.mentions.includes(i),o=n.seq>Di(e.chat);t?.mentions.includes(i)!==r&&(o||r)&&(e.stale=!0)}function oo(e,t,n){let{readSeq:i=0,unreadFromSeq:r}=e.chat;if(r&&(e.stale=!0),r<=t&&(e.chat={...e.chat,unreadFromSeq:void 0}),t<=i)return;if(e.chat={...e.chat,readSeq:t},t+1<e.from)return void(e.stale=!0);let o=e.messages.filter(a=>a.seq>t&&a.sender.id!==n&&!a.deletedAt);e.chat.unreadCount=o.length,e.chat.mentionCount=o.filter(a=>a.mentions.includes(n)).length}function ao(e,t,n){return t.reactions.map(i=>{let r=e?.reactions.find(({emoji:s})=>s===i.emoji),a=t.user.id===n&&t.emoji===i.emoji?t.type==="REACTION_ADDED":r?.me||i.userIds.includes(n);return{...i,me:a===!0}})}function _i(e,t){let n=i=>t?.reactions.some(r=>r.emoji===i&&r.me)===!0;return{...e,reactions:e.reactions.map(i=>({...i,me:n(i.emoji)}))}}var mn=class{id;#t;constructor(t,n){this.#t=t,this.id=n}get room(){return this.#t.room(this.id)}get object(){return this.room.chat}get name(){return this.object.name||(this.object.peer?.displayName??"")}get messages(){return this.room.messages}get pending(){return this.#t.outbox.of(this.id).filter(({id:t})=>!this.message(t))}get typingUsers(){return[...this.room.typing.values()]}send(t){let{text:n,files:i,...r}=typeof t=="string"?{text:t}:t,o={...r,id:r.id??Kt()};return n!==void 0&&(o.content=n),i?Promise.resolve().then(()=>(zi(),Fi)).then(a=>a.sendFiles(this,o,i)):this.#t.outbox.send(this.id,o)}upload(t,n){return Promise.resolve().then(()=>(zi(),Fi)).then(i=>i.uploadFile(this.#t.command,this.id,t,n,it,Ut))}async older(t=50){let{from:n}=this.room;if(n<=1)return!1;let i=await this.#e("GET_CHAT_HISTORY",{before:n,limit:t});return eo(this.room,i),this.#t.state.showSenders(i.messages),this.#t.touch(this.id),this.room.from>1}forgetOlder(t){this.room.keep=t,Ee(this.room,0),this.#t.touch(this.id)}message(t){return Oi(this.room,t)}async members(){let{room:t}=this;if(t.members)return t.members;let n=await Qr(this.#t.state,t,this.#t.command);return this.#t.touch(this.id),n}edit(t,n){return this.#e("EDIT_MESSAGE",{messageId:t,content:n})}delete(t,n){return this.#e("DELETE_MESSAGE",{messageId:t,reason:n})}react(t,n){return this.#e("ADD_REACTION",{messageId:t,emoji:n})}unreact(t,n){return this.#e("REMOVE_REACTION",{messageId:t,emoji:n})}read(t){return this.#e("MARK_READ",{seq:t})}markUnread(t){return this.#e("MARK_UNREAD",{seq:t})}async typing(t=!0){this.#t.status.phase==="online"&&await this.#e("SET_TYPING",{typing:t}).catch(()=>{})}leave(){return this.#e("LEAVE_CHAT",{})}async*incoming(){for await(let{chat:t,message:n}of this.#t.events("message"))t.id===this.id&&(yield n)}async stream(t={}){let{messageId:n}=await this.#e("START_STREAM",{message:t});return new Hi(this.id,n,this.#t.command)}#e(t,n){let i=this.#t.command;return i({type:t,chatId:this.id,...n})}},Hi=class{id;#t;#e;constructor(t,n,i){this.#t=t,this.id=n,this.#e=i}async write(t){await this.#e({type:"APPEND_STREAM",chatId:this.#t,messageId:this.id,content:t})}async end(t){return(await this.#e({type:"END_STREAM",chatId:this.#t,messageId:this.id,content:t})).message}};var Se=()=>performance.now();var pn=class{#t;learn(t){let n=Date.parse(t);Number.isNaN(n)||(this.#t=n-Se())}until(t){let n=Date.parse(t);return this.#t===void 0||Number.isNaN(n)?void 0:n-(this.#t+Se())}},Te=class{#t=new Map;set(t,n,i){this.clear(t);let r=()=>{this.#t.delete(t),i()};this.#t.set(t,setTimeout(r,Math.min(Math.max(0,n),2147483647)))}clear(t){clearTimeout(this.#t.get(t)),this.#t.delete(t)}clearAll(){for(let t of this.#t.values())clearTimeout(t);this.#t.clear()}};function fn(e,t,n=Math.random){return n()*Math.min(e.maxMs,e.baseMs*2**Math.min(t,30))}function so(e,t,n,i=Math.random){switch(e){case 4400:return{stop:"the server does not know this client (4400)"};case 4403:return{stop:"this user may not connect (4403)"};case 4401:return{renew:!0};case 1012:return{retryMs:i()*Math.min(5e3,n.maxMs)};case 4429:return{retryMs:Math.min(1e4,n.maxMs)+fn({...n,baseMs:1e4},t,i)};default:return{retryMs:fn(n,t,i)}}}async function lo(e){if(e)return e;if(globalThis.WebSocket)return globalThis.WebSocket;let t="ws";try{return(await import(t)).default}catch(n){throw new tt("no WebSocket: install ws, or pass WebSocket",{cause:n})}}var gn=class{ended;#t;#e;#n;constructor(t,n){this.#t=t,this.ended=new Promise(i=>this.#e=i),t.onmessage=(i=>n(String(i.data))),t.onclose=(({code:i,reason:r})=>this.#e({code:i,reason:r,cause:this.#n})),t.onerror=(i=>{this.#n=i.error??(i.message?new Error(i.message):void 0)})}send(t){this.#t.readyState===1&&this.#t.send(t)}drop(t,n,i){let r=t===1e3;this.#e({code:t,reason:n,cause:i}),this.#t.onmessage=null,!r&&this.#t.terminate?this.#t.terminate():this.#t.close(r?1e3:void 0)}};var Nl={baseMs:500,maxMs:3e4},Pl=1e4,co=2e4,Ll=1e4,uo=4408,bn=class{status={phase:"connecting"};#t;#e;#n;#i;#r;#o;#a;#l=0;#s;#c=!1;#u=()=>{};#d=new Te;#p=3e4;#m;#h=-1/0;constructor(t,n,i){this.#t=t,this.#e=n,this.#n=i,this.#i={...Nl,...t.backoff},this.#r=t.patienceMs??Pl}get lastError(){return this.#a}start(){this.#c||(this.#s??=this.#g())}wake(){this.#u(),this.status.phase==="online"&&this.#k()}close(){return this.#c||(this.#c=!0,this.#o?.drop(1e3,"goodbye"),this.#u(),this.#s||this.#T({phase:"closed"})),this.#s}restart(t){this.#o?.drop(1006,t instanceof Error?t.message:"restarted",t)}sessionChanged(){this.status.phase==="online"&&this.#S()}async#g(){let t;for(;!this.#c;){this.#T({phase:"connecting",error:this.#a});try{await this.#C(await this.#f())}catch(n){t=n instanceof tt?n:new tt(ji(n),{cause:n});break}}this.#s=void 0,this.#T({phase:"closed",reason:t})}async#f(){let t=await lo(this.#t.WebSocket);if(this.#c)return 0;let n=this.#t.url;this.#n.log({level:"debug",message:"connecting",url:n});let i,r=new Promise(u=>i=u),o=new gn(new t(n,["pichat.v1"]),u=>this.#v(u,i));this.#o=o,this.#d.set("late",this.#r,()=>o.drop(uo,`no CONNECTED in ${this.#r} ms`));let a=this.#b(o,r),s=await Promise.race([o.ended,a.then(()=>o.ended)]).catch(u=>{throw o.drop(1e3,"giving up"),this.#A(),u});return a.catch(()=>{}),this.#A(),this.#c?0:this.#y(s)}async#b(t,n){let i=await n;this.#d.clear("late"),this.#p=i.heartbeatMs||this.#p,this.#n.requests.open(r=>t.send(r),i.limits);try{for(this.#n.requests.ask({type:"PING"},{urgent:!0}).catch(()=>{});!await this.#e.authenticate(r=>this.#w(r)););await this.#n.catchUp()}catch(r){if(r instanceof St)throw r;return r instanceof it?t.drop(1013,r.message,r):r instanceof tt?void 0:t.drop(1006,ji(r),r)}this.#o!==t||this.#c||(this.#l=0,this.#a=void 0,this.#n.log({level:"info",message:"online",url:this.#t.url,server:i.server}),this.#T({phase:"online"}),this.#n.requests.ready(),this.#E())}async#w(t){try{return await this.#n.requests.ask(t,{urgent:!0}),t.type==="REFRESH_TOKEN"&&(this.#h=Se()),!0}catch(n){if(!(n instanceof it)||this.#e.isTransient(n))throw n;return this.#n.log({level:"warn",message:"authentication refused",command:t.type,code:n.code}),await this.#e.refused(n),!1}}async#y(t){let n=`${t.reason||(t.cause?ji(t.cause):"")} (${t.code})`.trim();this.#a=new Ut(`${this.#t.url}: ${n}`,t.code,t.cause);let i=so(t.code,this.#l++,this.#i);if(this.#n.log({level:"warn",message:"connection ended",code:t.code,reason:n,failures:this.#l}),"stop"in i)throw new St(t.reason?`${i.stop}: ${t.reason}`:i.stop,t.code);return"retryMs"in i?i.retryMs:(await this.#e.revoked(t.reason||"credentials are no longer valid (4401)"),fn(this.#i,this.#l))}#v(t,n){this.#x();let i=JSON.parse(t),{serverTime:r}=i;if(r!==void 0&&this.#n.clock.learn(r),i.type==="CONNECTED")return n(i);i.type==="TOKEN_EXPIRING"&&this.#E(0),i.type!=="ERROR"&&this.#n.receive(i,this.#n.requests.commandOf(i));let o=this.#n.requests.answer(i);i.type==="ERROR"&&!o&&this.#n.problem(new it(i))}#x(){this.#d.set("silence",this.#p,()=>this.#k())}#k(){let t=this.#o;this.#n.requests.ask({type:"PING"},{urgent:!0,timeoutMs:this.#r}).catch(i=>i instanceof le&&t?.drop(uo,"the server does not answer",i))}#E(t=this.#e.renewInMs()){if(this.#d.clear("renewal"),t===void 0||!this.#o)return;let n=this.#h+co-Se();this.#d.set("renewal",Math.max(t,n),()=>{this.#S()})}#S(){return this.#m??=this.#M().finally(()=>this.#m=void 0),this.#m}async#M(){try{await this.#e.renew(t=>(this.#h=Se(),this.#n.log({level:"debug",message:"renewing the session",command:t.type}),this.#n.requests.ask(t,{urgent:!0,timeoutMs:Ll}))),this.#E()}catch(t){t instanceof it&&!this.#e.isTransient(t)?this.#n.problem(new xt(t.message,t.code)):this.#E(co)}}async#C(t){this.#c||(this.#T({phase:"waiting",retryAt:Date.now()+t,error:this.#a}),await new Promise(n=>{this.#d.set("pause",t,n),this.#u=n}),this.#d.clear("pause"),this.#u=()=>{})}#T(t){this.status=t,this.#n.status(t)}#A(){this.#o=void 0,this.#d.clearAll(),this.#n.lost()}},ji=e=>e instanceof Error?e.message:String(e);var Rl=6e4,Ol=5e3,ho=3,yn=class{#t;#e;#n={};#i=!1;#r;#o=new Set;#a;#l=0;#s=!1;#c=0;#u="token";constructor(t,n){this.#t=t,this.#e=n}async authenticate(t){await this.#g();let n=async()=>t(await this.#p());return this.#m()==="refresh"?this.#h(n):n()}async renew(t){if(await this.#g())return void await t({type:"AUTHENTICATE",token:this.#n.accessToken});if(!this.#n.refreshToken){typeof this.#t.token=="function"&&await t({type:"AUTHENTICATE",token:await this.#w()});return}await this.#h(async()=>{let n=await this.#g(),{accessToken:i,refreshToken:r}=this.#n;n?await t({type:"AUTHENTICATE",token:i}):r&&await t({type:"REFRESH_TOKEN",refreshToken:r})})}isTransient(t){return t.code==="RATE_LIMITED"?this.#a!==void 0||!["login","signUp"].includes(this.#u):t.code==="UNAVAILABLE"||t.code==="INTERNAL"}accepted(t){if(this.#a=t.user.id,this.#c=0,this.#u==="signUp"&&(this.#s=!0),!t.accessToken)return;let{accessToken:n,accessTokenExpiresAt:i,refreshToken:r,refreshTokenExpiresAt:o}=t,a=Date.now();this.#n={accessToken:n,accessTokenExpiresAt:i,refreshToken:r,refreshTokenExpiresAt:o,receivedAt:a},this.#f(this.#n)}async refused(t){this.#c++;let n=this.#u;if(this.#o.add(this.#n[n==="access"?"accessToken":"refreshToken"]),n==="refresh"&&!await this.#g())this.forget();else if(n==="signUp"&&t.code==="CONFLICT"&&this.#l>1)return void(this.#s=!0);let i=n==="token"&&typeof this.#t.token=="function"&&this.#c<ho;if(t.code==="FORBIDDEN"||!(i||n==="access"||n==="refresh"))throw new xt(t.message,t.code)}async revoked(t){let n=this.#n.accessToken;if(await this.#g()||this.#o.add(n),!(this.#n.accessToken??this.#n.refreshToken)&&typeof this.#t.token=="string"&&!this.#b()||++this.#c>ho)throw new xt(t,void 0,4401)}forget(){this.#n={},this.#f(void 0)}renewInMs(t=Math.random){let n=this.#n.refreshToken?this.#d():void 0;if(n===void 0)return;let i=Math.min(Rl,n/3);return Math.max(0,n-i-t()*(i/4))}#d(){let{accessToken:t,accessTokenExpiresAt:n,receivedAt:i}=this.#n,r=t===void 0?{}:mo(t),o=n??(r.exp?new Date(r.exp*1e3).toISOString():void 0),a=o===void 0?void 0:this.#e.until(o);if(a!==void 0)return Math.max(0,a);if(!r.exp||!r.iat)return;let s=(r.exp-r.iat)*1e3,u=i===void 0?0:Date.now()-i;return u<0?s:Math.max(0,s-u)}async#p(){switch(await this.#g(),this.#u=this.#m(),this.#u){case"access":return{type:"AUTHENTICATE",token:this.#n.accessToken};case"refresh":return{type:"REFRESH_TOKEN",refreshToken:this.#n.refreshToken};case"token":return{type:"AUTHENTICATE",token:await this.#w()};case"login":return{type:"LOG_IN",...this.#b()};case"signUp":return this.#l++,{type:"SIGN_UP",...this.#t.signUp}}}#m(){let{accessToken:t,refreshToken:n}=this.#n;if(t!==void 0&&!this.#o.has(t)&&(!n||(this.#d()??1/0)>Ol))return"access";if(n)return"refresh";if(this.#t.token!==void 0)return"token";if(this.#t.signUp&&!this.#s)return"signUp";if(this.#b())return"login";throw this.#t.session?new xt("the session has ended: log in again"):new xt("pass token, login, signUp or session")}async#h(t){let{session:n}=this.#t;return n?.exclusive?n.exclusive(async()=>{let i=await t();return await this.#r,i}):t()}async#g(){await this.#r;let t=await this.#t.session?.load(),n=!this.#i;if(this.#i=!0,n&&(this.#n={...t}),n||!t?.accessToken||t.accessToken===this.#n.accessToken||t.refreshToken===this.#n.refreshToken||this.#o.has(t.refreshToken))return!1;if(this.#a&&mo(t.accessToken).sub!==this.#a)throw new xt("another user has logged in","CONFLICT");return this.#n={...t},!0}#f(t){this.#r=this.#t.session?.save(t)}#b(){let{login:t,signUp:n}=this.#t;return t??(n&&this.#s?{username:n.username,password:n.password}:void 0)}async#w(){let{token:t}=this.#t;return typeof t=="function"?t():t}};function mo(e){try{return JSON.parse(atob(e.split(".")[1].replaceAll("-","+").replaceAll("_","/")))}catch{return{}}}var wn=class{#t;#e=[];#n=[];#i=new Map;#r=new Map;constructor(t){this.#t=t}use(t){this.#e.push(t)}route(t,n){let i={pattern:t,handler:n};return this.#n.push(i),()=>{this.#n.splice(this.#n.indexOf(i),1)}}dispatch(t){if(this.#t.isOwn(t.message))return;let{id:n}=t.chat,i=(this.#i.get(n)??Promise.resolve()).then(()=>this.#o(t));this.#i.set(n,i),i.then(()=>this.#i.get(n)===i&&this.#i.delete(n))}async#o({chat:t,message:n,missed:i}){let r=[],a={chat:t,message:n,missed:i,reply:s=>{let u=typeof s=="string"?{content:s}:s,h=t.send({replyTo:n.id,...u,id:Jr(n.id,r.length+1)});return r.push(h),h.catch(()=>{}),h}};try{await this.#a(a,0),await Promise.all(r)}catch(s){let u=s instanceof tt?s:new tt("a message handler failed",{cause:s});this.#t.problem(u)}this.#l(t,n.seq)}async#a(t,n){let i=this.#e[n];if(i)return void await i(t,()=>this.#a(t,n+1));for(let{pattern:r,handler:o}of[...this.#n]){r.lastIndex=0;let a=r.exec(t.message.content);a&&await o({...t,match:a})}}#l(t,n){if(!this.#t.markHandled)return;let i=this.#r.has(t.id);this.#r.set(t.id,Math.max(n,this.#r.get(t.id)??0)),i||this.#s(t)}async#s(t){for(let n=0;n<this.#r.get(t.id);){let i=this.#r.get(t.id);await this.#t.markHandled?.(t,i).catch(()=>{}),n=i}this.#r.delete(t.id)}};var kn=class{#t=new Map;#e=new Set;#n=!1;on(t,n){let i=this.#t.get(t)??new Set;return this.#t.set(t,i),i.add(n),()=>this.off(t,n)}off(t,n){this.#t.get(t)?.delete(n)}async once(t,n=()=>!0){for await(let i of this.events(t))if(n(i))return i;throw new Error(`the client was closed before ${String(t)}`)}events(t){let n=[],i=()=>{},r=this.#n,o=this.on(t,s=>{n.push(s),i()}),a=()=>{r=!0,o(),this.#e.delete(a),i()};return this.#e.add(a),{[Symbol.asyncIterator](){return this},async next(){for(;n.length===0&&!r;)await new Promise(s=>i=s);return n.length>0?{value:n.shift(),done:!1}:{value:void 0,done:!0}},async return(){return n.length=0,a(),{value:void 0,done:!0}}}}emit(t,n){for(let i of[...this.#t.get(t)??[]])try{i(n)}catch(r){queueMicrotask(()=>{throw r})}}endLoops(){this.#n=!0;for(let t of[...this.#e])t()}};var po=1e4,vn=class{#t;#e;#n;#i=new Te;#r=!1;constructor(t,n,i){this.#t=t,this.#e=n,this.#n=i}watchTyping({chatId:t,user:n,typing:i,expiresAt:r}){let o=`typing ${t} ${n.id}`;if(!i)return this.#i.clear(o);let a=r===void 0?void 0:this.#e.until(r);this.#i.set(o,Math.min(a??po,po),()=>{this.#t.rooms.get(t)?.typing.delete(n.id)&&this.#n(t)})}watchMute(t){if(this.#r)return;let n=`mute ${t}`,i=this.#t.rooms.get(t)?.chat.mutedUntil,r=i===void 0?void 0:this.#e.until(i);if(r===void 0)return this.#i.clear(n);if(r>0)return this.#i.set(n,Math.ceil(r),()=>this.watchMute(t));let o=this.#t.rooms.get(t);o.chat={...o.chat,muted:!1,mutedUntil:void 0},this.#n(t)}clear(){this.#i.clearAll()}end(){this.#r=!0,this.clear()}};function fo(e){let t=globalThis,n=()=>t.document?.visibilityState==="visible"&&e(),i=[[t,"online",e],[t,"offline",e],[t,"pageshow",e],[t.document,"visibilitychange",n]];for(let[r,o,a]of i)r?.addEventListener?.(o,a);return()=>{for(let[r,o,a]of i)r?.removeEventListener?.(o,a)}}var xn=class{#t;#e;#n=new Map;#i=new Map;#r=new Set;#o=Promise.resolve();#a=0;#l;constructor(t,n){this.#t=n,this.#e=t;let i=t?.load()??[];i instanceof Promise?this.#h(i.then(r=>this.#s(r))):this.#s(i)}async start(){await this.#o;for(let{chatId:t}of this.#n.values())this.#c(t)}of(t){return[...this.#n.values()].filter(n=>n.chatId===t)}send(t,n){if(this.#l)return Promise.reject(this.#l);let i=new Promise((o,a)=>this.#i.set(n.id,[...this.#i.get(n.id)??[],{resolve:o,reject:a}])),r=this.#n.get(n.id);if(!r||r.error){let o={id:n.id,chatId:t,message:n,createdAt:new Date().toISOString()};this.#n.set(o.id,o),this.#m(a=>a.put(o)),this.#t.changed(t)}return this.#c(t),i}retry(t){let n=this.#n.get(t);n?.error&&(delete n.error,this.#t.changed(n.chatId),this.#c(n.chatId))}drop(t){let n=this.#n.get(t);n?.error&&this.#d(n)}end(t){this.#l=t;for(let n of this.#i.keys())this.#p(n,i=>i.reject(t))}saved(){return this.#o}#s(t){let n=[...this.#n.values()];this.#n.clear();for(let i of[...t,...n])this.#n.set(i.id,i);for(let{chatId:i}of t)this.#t.changed(i)}async#c(t){if(!this.#r.has(t)){this.#r.add(t),await this.#o;for(let n;(n=this.of(t).find(i=>!i.error))&&await this.#u(n););this.#r.delete(t)}}async#u(t){try{let n=await this.#t.send({type:"SEND_MESSAGE",chatId:t.chatId,message:t.message});return this.#d(t),this.#p(t.id,i=>i.resolve(n.message)),!0}catch(n){return n instanceof it?(t.error=n,this.#m(i=>i.remove(t.id)),this.#t.changed(t.chatId),this.#p(t.id,i=>i.reject(n)),!0):!(n instanceof St)}}#d(t){this.#n.delete(t.id),this.#m(n=>n.remove(t.id)),this.#t.changed(t.chatId)}#p(t,n){this.#i.get(t)?.forEach(n),this.#i.delete(t)}#m(t){let n=this.#e;if(!n)return;let i=this.#a?this.#o.then(()=>t(n)):t(n);i instanceof Promise&&this.#h(i)}#h(t){this.#a++;let n=i=>this.#t.problem(new tt("the outbox store failed",{cause:i}));this.#o=t.catch(n).finally(()=>this.#a--)}};var go=5,Dl=8,En=class{#t;#e;#n=!1;#i=!1;#r=!1;constructor(t,n){this.#t=t,this.#e=n}get isStale(){return this.#n||this.#r||this.#a().length>0}missedPresence(){this.#r=!0}async run(){if(this.#i=!0,!this.#n){this.#n=!0;for(let t=0;this.#i&&t<go;t++)this.#i=!1,await this.#o().catch(()=>{});this.#n=!1,this.#e.changed("")}}async#o(){this.#r&&await this.#s();for(let t=0;t<go&&this.#a().length>0;t++)await this.#l()}async addChat(t,n=!0){let i=()=>this.#t.rooms.get(t)?.chat.unreadFromSeq,r=i(),{chat:o}=await this.#e.ask({type:"GET_CHAT",chatId:t});i()===r&&this.#t.refresh(o),n&&o.myRole&&!this.#t.rooms.has(o.id)&&this.#t.add(o),this.#e.changed(o.id)}#a(){return[...this.#t.rooms.values()].filter(({stale:t})=>t)}async#l(){if(this.#a().length>Dl){let t;do{let n=await this.#e.ask({type:"GET_CHATS",limit:200,cursor:t});for(let i of n.chats)this.#t.refresh(i);t=n.nextCursor}while(t!==void 0)}for(let{id:t}of this.#a())await bo(this.addChat(t,!1))}async#s(){this.#r=!1;let t=[...this.#t.rooms.values()],n=t.flatMap(({chat:i})=>i.peer?[i.peer.id]:[]);for(let i=0;i<n.length;i+=100)await this.#c({userIds:n.slice(i,i+100)});for(let{id:i,members:r}of t)r&&await bo(this.#c({chatId:i}))}async#c(t){let{presences:n}=await this.#e.ask({type:"GET_PRESENCE",...t});for(let{userId:i,status:r,lastSeenAt:o}of n){let a=this.#t.users.get(i);a&&this.#t.updatePresence(a,r,o)}}};async function bo(e){try{await e}catch(t){if(!(t instanceof it))throw t}}var yo=new Set(["CHAT_UPDATED","HISTORY_TRIMMED","HOLD_CHANGED","MEMBERS_ADDED","MEMBERS_REMOVED","MEMBER_BANNED","MEMBER_UNBANNED","MEMBER_UPDATED","MESSAGE_DELETED","MESSAGE_EDITED","MESSAGE_PINNED","MESSAGE_UNPINNED","NEW_CHAT","NEW_MESSAGE","REACTION_ADDED","REACTION_REMOVED"]);var wo=new Set(["AUTHENTICATE","HELP","PING","SEARCH_MESSAGES","SET_CAPABILITIES","SET_PRESENCE","SYNC"]),ko=new Set(["CREATE_CHAT","SEND_MESSAGE"]),vo=new Set(["APPEND_STREAM","CREATE_API_TOKEN","CREATE_USER","EXPORT_MY_DATA","LOG_IN","LOG_OUT","REFRESH_TOKEN","SET_TYPING","SET_USER_PASSWORD","SIGN_UP","START_STREAM","STOP_STREAM"]);var To=new Set(["MARK_READ","MARK_DELIVERED"]),_l=8,xo=250,Fl=3e4;function Co(e){let{id:t,message:n}=e;return ko.has(e.type)&&(t??n?.id)!==void 0}var Mo=e=>e.startsWith("GET_")||wo.has(e);function zl(e){let{opId:t,seq:n}=e,i=Mo(e.type)||Co(e)||To.has(e.type)&&n!==void 0;return t!==void 0||i||vo.has(e.type)?e:{...e,opId:Kt()}}function Hl(e){let{type:t,opId:n}=e;return t==="DELETE_ACCOUNT"?!1:Mo(t)||To.has(t)||Co(e)||n!==void 0}var Eo=e=>e.sort((t,n)=>Number(t.id)-Number(n.id)),Sn=class{#t;#e=!1;#n={frameBytes:4096,commandsPerSecond:0,commandBurst:0};#i=0;#r=0;#o;#a=0;#l;#s=[];#c=new Map;open(t,n){this.#t=t,this.#n=n,this.#i=n.commandBurst,this.#r=Date.now(),this.#m()}ready(){this.#e=!0,this.#m()}lost(){this.#t=void 0,this.#e=!1,clearTimeout(this.#o),this.#o=void 0;let t=[...this.#c.values()];this.#c.clear();let n=r=>r.repeatable&&!r.urgent,i=[...t.filter(r=>!n(r)),...this.#s.filter(({urgent:r})=>r)];this.#s=Eo([...t.filter(n),...this.#s.filter(({urgent:r})=>!r)]);for(let r of i){let o=new Ue(`the connection ended before ${r.command.type} was answered`);r.reject(o)}}end(t){this.#l=t,this.lost();for(let n of this.#s.splice(0))n.reject(t)}ask(t,n={}){if(this.#l)return Promise.reject(this.#l);let{timeoutMs:i}=n,r;return new Promise((a,s)=>{let u=String(++this.#a),h=zl(t),d={repeatable:Hl(h),...n,id:u,command:h,attempts:0,resolve:a,reject:s};i!==void 0&&(r=setTimeout(()=>this.#f(d,i),i)),n.urgent?this.#s.unshift(d):this.#s.push(d),this.#m()}).finally(()=>clearTimeout(r))}commandOf(t){return this.#c.get(So(t))?.command}answer(t){let n=this.#c.get(So(t));return n?(this.#c.delete(n.id),t.type!=="ERROR"?n.resolve(t):this.#u(n,t.code)?this.#d(n,t.retryAfterMs):n.reject(new it(t)),!0):!1}#u(t,n){return t.urgent&&t.command.type!=="SYNC"?!1:n==="RATE_LIMITED"?!0:n==="UNAVAILABLE"&&t.attempts<_l&&!!t.repeatable}#d(t,n=xo){this.#s=Eo([t,...this.#s]);let i=t.attempts>1?Math.min(xo*2**t.attempts,Fl)*Math.random():0;clearTimeout(this.#o),this.#p(Math.max(n,i))}#p(t){this.#o=setTimeout(()=>{this.#o=void 0,this.#m()},t)}#m(){for(;this.#t&&!this.#o;){let t=this.#s.findIndex(n=>this.#e||n.urgent);if(t<0||!this.#h())return;this.#g(this.#s.splice(t,1)[0])}}#h(){let{commandsPerSecond:t,commandBurst:n}=this.#n;if(!t)return!0;let i=Date.now(),r=Math.max(0,i-this.#r)/1e3;return this.#i=Math.min(Math.max(n,1),this.#i+r*t),this.#r=i,this.#i>=1?(this.#i--,!0):(this.#p(Math.ceil((1-this.#i)/t*1e3)),!1)}#g(t){let n=JSON.stringify({...t.command,requestId:t.id}),i=this.#n.frameBytes;if(n.length*3>i&&new TextEncoder().encode(n).length>i){let r=`more than ${i} bytes`,o=new it({code:"TOO_LARGE",error:r,command:t.command.type});return t.reject(o)}t.attempts++,this.#c.set(t.id,t),this.#t?.(n)}#f(t,n){this.#s=this.#s.filter(i=>i!==t),this.#c.delete(t.id),t.reject(new le(`${t.command.type} was not answered within ${n} ms`))}},So=e=>String(e.requestId);var jl=100;function qi(e,t,n){let i=ql[t.type];if(i){i(e,t,n);let{message:r,chat:o}=t;e.showSenders([r,o?.lastMessage]),e.touched.add("chatId"in t&&typeof t.chatId=="string"?t.chatId:"")}}function Tt(e,t){let n=e.rooms.get(t.chatId);if(n)return n.position=Math.max(n.position,t.seq),n.chat={...n.chat,seq:Math.max(n.chat.seq,t.seq)},n}function Po(e,t,n){let i=Tt(e,t);if(i){if(n.includes(e.myId))return e.remove(t.chatId);i.chat.memberCount-=n.length;for(let r of n){for(let o of i.memberLists)o.delete(r);i.typing.delete(r);for(let o of i.streams.values())o.sender.id===r&&Ui(i,o.id)}}}function Bl(e,t){let n=e.rooms.get(t.chatId),i=t.userId===e.myId||!n?.members||n.members.has(t.userId);Po(e,t,i?[t.userId]:[]),n?.members||Bi(e,t)}function Ao(e,t){let n=Tt(e,t),i=n&&$e(n,t.messageId);if(!n||!i)return;let r=ao(i,t,e.myId),o={...i,reactions:r,updatedSeq:Math.max(i.updatedSeq,t.seq)};Yt(n,o),n.chat.lastMessage?.id===o.id&&(n.chat.lastMessage=o)}function Io(e,t){let n=Tt(e,t);n&&(n.chat.pinned=t.pinned)}function Bi(e,t){let n=Tt(e,t);n&&(n.stale=!0)}function Ui(e,t){e.streams.delete(t),e.endedStreams.add(t);let[n]=e.endedStreams;e.endedStreams.size>jl&&e.endedStreams.delete(n)}function Ul(e,{chatId:t,message:n}){let i=e.rooms.get(t);!i||i.streams.has(n.id)||(i.endedStreams.delete(n.id),i.changedStreams.add(n.id),i.streams.set(n.id,{...n,nextIndex:0}))}function No(e,t,n){let i=e.rooms.get(t.chatId),r=i?.streams.get(t.messageId);!i||!r||t.index!==(r.nextIndex??0)||(i.changedStreams.add(r.id),i.streams.set(r.id,{...r,content:r.content+n,nextIndex:t.index+1}))}function Lo(e,t){let n=e.rooms.get(t.chatId);if(!n||n.endedStreams.has(t.messageId))return!1;let i=n.streams.get(t.messageId);return!i||t.index>(i.nextIndex??0)}var ql={AUTHENTICATED:(e,{user:t})=>{e.me=t,e.updateUser(t)},BOT_DELETED:(e,{userId:t})=>e.forgetUser(t),ACCOUNT_DELETED:(e,{userId:t})=>e.forgetUser(t),USER:(e,{user:t})=>e.updateUser(t),USER_UPDATED:(e,{user:t})=>e.updateUser(t),PRESENCE:(e,{user:t,status:n,lastSeenAt:i})=>e.updatePresence(t,n,i),SETTINGS:(e,{settings:t})=>{e.settings=t},NEW_CHAT:(e,{chat:t,seq:n,duplicate:i})=>{e.add(t,i?t.seq:n)},CHAT_UPDATED:(e,t)=>{let n=Tt(e,t);n&&ce(n,t.chat,e.myId)},CHAT_DELETED:(e,{chatId:t})=>e.remove(t),CHAT_MUTED:(e,{chatId:t,muted:n,until:i})=>{let r=e.rooms.get(t);r&&(r.chat={...r.chat,muted:n,mutedUntil:i})},CHAT_MARKED_UNREAD:(e,{chatId:t,unreadFromSeq:n})=>{let i=e.rooms.get(t);i&&(i.chat={...i.chat,unreadFromSeq:n},i.stale=!0)},MEMBERS_ADDED:(e,t)=>{let n=t.chat!==void 0&&!e.rooms.has(t.chatId);t.chat&&e.add(t.chat,t.seq);let i=Tt(e,t);if(i){n||(i.chat.memberCount+=t.members.length);for(let r of t.members)for(let o of i.memberLists)o.set(r.user.id,{...r});for(let{user:r}of t.members)e.updateUser(r)}},MEMBERS_REMOVED:(e,t)=>Po(e,t,t.userIds),MEMBER_BANNED:Bl,MEMBER_UNBANNED:Tt,MEMBER_UPDATED:(e,t)=>{let n=Tt(e,t);for(let i of n?.memberLists??[]){let r=i.get(t.userId);r&&(r.role=t.role)}n&&t.userId===e.myId&&(n.chat.myRole=t.role)},NEW_MESSAGE:(e,t)=>{let{message:n,chat:i}=t;if(i&&!e.rooms.has(i.id))return Yt(e.add(i,t.seq-1),n),void Tt(e,t);let r=Tt(e,t);r&&(Ui(r,n.id),r.typing.delete(n.sender.id),Yt(r,n),no(r,n,e.myId),Ee(r))},MESSAGE_EDITED:(e,t)=>{let n=Tt(e,t);if(!n)return;let i=$e(n,t.message.id),r=_i(t.message,i);Yt(n,r),ro(n,i,r,e.myId)},MESSAGE_DELETED:(e,t)=>{let n=Tt(e,t);if(!n)return;let i=$e(n,t.messageId);Yt(n,t.message),n.chat.pinned=t.pinned??n.chat.pinned.filter(r=>r!==t.messageId),io(n,i,t.message,e.myId)},REACTION_ADDED:Ao,REACTION_REMOVED:Ao,MESSAGE_PINNED:Io,MESSAGE_UNPINNED:Io,HISTORY_TRIMMED:Bi,HOLD_CHANGED:Bi,MESSAGE_READ:(e,{chatId:t,userId:n,seq:i})=>e.mark(t,n,{readSeq:i}),MESSAGE_DELIVERED:(e,{chatId:t,userId:n,seq:i})=>e.mark(t,n,{deliveredSeq:i}),TYPING:(e,{chatId:t,user:n,typing:i})=>{let r=e.rooms.get(t);i&&n.id!==e.myId?r?.typing.set(n.id,e.newest(n)):r?.typing.delete(n.id)},STREAM_STARTED:Ul,MESSAGE_CHUNK:(e,t)=>No(e,t,t.content),STREAM_APPENDED:(e,t,n)=>{n?.type==="APPEND_STREAM"&&n.content&&No(e,t,n.content)},STREAM_STOPPED:(e,{chatId:t,messageId:n},i)=>{let r=i?.type==="STOP_STREAM"?void 0:e.rooms.get(t);r&&Ui(r,n)}};function $i(e){return(e.type==="NEW_CHAT"||e.type==="MEMBERS_ADDED"||e.type==="NEW_MESSAGE")&&e.chat!==void 0}var Ro=500,Tn=class{#t;#e;#n;#i=[];#r=new Set;#o=!1;#a=!0;#l=0;#s;#c=new Map;constructor(t,n,i){this.#t=t,this.#e=n,this.#n=i}lost(){this.#l++,this.#i=[],this.#r.clear(),this.#o=!1}take(t,n){let{cursor:i}=t;if(t.type==="AUTHENTICATED"&&(this.#s??=i),t.type==="LAGGED")return this.#d(t);t.type==="CHAT_DELETED"&&(this.#i=this.#i.filter(({chatId:r})=>r!==t.chatId)),t.type==="MESSAGE_CHUNK"&&Lo(this.#t,t)&&this.#m(t.chatId),yo.has(t.type)?this.#u(t):this.#v(t,n)}async catchUp(){this.#o=!0;let t=this.#l,n=[...this.#t.rooms.values()].map(({id:i,position:r})=>[i,r]);for(let i=0;i===0||i<n.length;i+=Ro)await this.#g(Object.fromEntries(n.slice(i,i+Ro)),t);t===this.#l&&(this.#o=this.#a=!1,this.#y())}#u(t){let n=this.#t.rooms.get(t.chatId);if(t.duplicate&&(n||!$i(t)))return this.#e.applied(t);if(this.#o||this.#r.has(t.chatId))return void this.#i.push(t);if(n?t.seq===n.position+1:$i(t))return this.#v(t);n&&t.seq<=n.position||(this.#i.push(t),this.#p(t.chatId,t.seq))}#d({chatId:t,toSeq:n}){if(this.#e.lagged(),t!==void 0&&n!==void 0)return this.#p(t,n);this.#o||this.#h(this.catchUp())}#p(t,n){let i=this.#t.rooms.get(t);(!i||n>i.position)&&this.#m(t)}#m(t){if(this.#o||this.#r.has(t))return;this.#r.add(t);let n=this.#l,i=this.#t.rooms.get(t)?.position,r=this.#g(i===void 0?{}:{[t]:i},n).then(()=>{n===this.#l&&(this.#r.delete(t),this.#y())});this.#h(r)}#h(t){let n=this.#l;t.catch(i=>n===this.#l&&this.#e.failed(i))}async#g(t,n){for(let i=t;i;){for(let o of Object.keys(i))this.#t.rooms.get(o)?.changedStreams.clear();let r=await this.#e.sync(i,this.#s);if(n!==this.#l)return;i=this.#f(r,i)}}#f(t,n){t.removedChatIds.forEach(r=>this.#t.remove(r)),t.users?.forEach(r=>this.#t.updateUser(r)),t.settings&&qi(this.#t,{type:"SETTINGS",settings:t.settings}),this.#s=t.cursor??this.#s;let i={};for(let r of t.newChats)this.#t.rooms.has(r.id)||this.#b(r,t,i);for(let r of t.chats)this.#w(r),r.more&&(i[r.chatId]=r.seq);for(let r of t.pending??[])i[r]=this.#t.rooms.get(r)?.position??n[r]??0;return Object.keys(i).length?i:void 0}#b({streams:t,...n},{streams:i},r){let a=(!this.#a||this.#n)&&(n.unreadCount??0)>0?Math.min(n.readSeq??n.seq,n.seq):n.seq,s=this.#t.add(n,a);this.#a||this.#e.applied({type:"NEW_CHAT",chatId:n.id,seq:n.seq,chat:n});let u=t??i?.filter(({chatId:h})=>h===n.id);for(let h of u??[])s.streams.set(h.id,h);this.#t.showSenders(u??[]),(a<n.seq||!u)&&(r[n.id]=a)}#w(t){let n=t.reset?1/0:this.#t.rooms.get(t.chatId)?.position??1/0,i=this.#c.get(t.chatId)??{since:n,messages:new Map};this.#t.applySynced(t);for(let o of t.messages)o.seq>i.since&&i.messages.set(o.id,o);if(t.more)return void this.#c.set(t.chatId,i);this.#c.delete(t.chatId);let r=[...i.messages.values()].filter(({deletedAt:o})=>!o);this.#e.caughtUp(r.sort((o,a)=>o.seq-a.seq))}#y(){let t=this.#i;this.#i=[];for(let n of t)(this.#t.rooms.has(n.chatId)||$i(n))&&this.#u(n)}#v(t,n){qi(this.#t,t,n),this.#e.applied(t)}};var $l=1e3,Ge=e=>e?.version??0,Oo=(e,t)=>e&&Ge(e)>Ge(t)?e:t,Cn=class{me;settings;rooms=new Map;users=new Map;#t=new Map;touched=new Set;#e;constructor(t=$l){this.#e=t}get myId(){return this.me?.id??""}applySynced(t){let n=this.rooms.get(t.chatId);if(!n)return;this.touched.add(n.id);let i=t.reset?this.#o(n,t.chat??n.chat):n,r=i.chat.seq;t.chat&&ce(i,t.chat,this.myId),t.members&&this.#a(i,t.members,t.membersTruncated===!0);for(let o of t.messages)Yt(i,o);for(let{userId:o,...a}of t.marks)this.mark(i.id,o,a);i.position=Math.max(i.position,t.seq),i.chat={...i.chat,seq:Math.max(i.chat.seq,i.position)},to(i,t.streams),t.viewer&&Xr(i,t.viewer),i.stale||=t.seq>r&&!(t.chat&&!t.more),this.#n(i,[...t.messages,...t.streams]),Ee(i)}add(t,n=t.seq){let i=this.rooms.get(t.id),r=i??new qe(t,n,this.#e,this.myId);return this.rooms.set(t.id,r),i?t.seq===i.position?ce(i,t,this.myId):i.stale=!0:this.touched.add(t.id),this.#n(r),r}remove(t){this.rooms.delete(t)&&this.touched.add(t)}refresh(t){let n=this.rooms.get(t.id);!n||t.seq!==n.position||(ce(n,t,this.myId),n.stale=!1,this.#n(n),this.touched.add(t.id))}#n({chat:t},n=[]){t.peer&&this.updateUser(t.peer),this.showSenders([...n,t.lastMessage])}showSenders(t){for(let n of t)n&&this.#i(n.sender)}#i(t){let n=this.#t.get(t.id),i=Oo(n,t);if(this.#t.set(t.id,i),!(!n||Ge(n)===Ge(t)))for(let r of this.rooms.values())Wl(r,i),this.touched.add(r.id)}newest(t){return Oo(this.users.get(t.id),t)}updateUser(t){this.#r(this.newest(t))}updatePresence(t,n,i){this.#r({...this.newest(t),status:n,lastSeenAt:i})}#r(t){this.users.set(t.id,t),t.id===this.me?.id&&(this.me={...t,email:this.me.email}),this.#i(t);for(let n of this.rooms.values())Gl(n,t)&&this.touched.add(n.id)}forgetUser(t){let n=[...t.replace(/[\W_]/g,"").slice(-8)].reverse().join(""),i={id:t,username:`deleted-${n}`,displayName:"Deleted account",version:Ge(this.#t.get(t))+1},r=this.users.get(t);r?r.deleted||this.updateUser({...r,...i,avatarUrl:void 0,lastSeenAt:void 0,role:"member",status:"offline",deleted:!0}):this.#i(i)}mark(t,n,{readSeq:i=0,deliveredSeq:r=0}){let o=this.rooms.get(t);for(let a of o?.memberLists??[]){let s=a.get(n);s&&(s.readSeq=Math.max(s.readSeq,i),s.deliveredSeq=Math.max(s.deliveredSeq,r,i))}o&&n===this.me?.id&&i&&oo(o,i,n)}#o(t,n){let i=new qe(n,0,t.keep,this.myId);return i.members=t.members,this.rooms.set(t.id,i),i}#a(t,n,i){i?delete t.members:t.members&&(t.members=new Map(n.map(r=>[r.user.id,r])));for(let{user:r}of n)this.updateUser(r)}};function Gl(e,t){let{email:n,...i}=t,r=e.chat.peer?.id===t.id;r&&(e.chat={...e.chat,peer:i});for(let o of e.memberLists){let a=o.get(t.id);a&&(o.set(t.id,{...a,user:i}),r=!0)}return e.typing.has(t.id)&&e.typing.set(t.id,i),r}function Wl(e,{id:t,username:n,displayName:i,version:r}){let o=s=>s.sender.id===t?{...s,sender:{...s.sender,username:n,displayName:i,version:r}}:s,{lastMessage:a}=e.chat;for(let[s,u]of e.streams)e.streams.set(s,o(u));a&&(e.chat={...e.chat,lastMessage:o(a)}),e.messages=e.messages.map(o)}var We=class extends kn{state;outbox;#t;#e=new pn;#n=new Sn;#i;#r;#o;#a;#l;#s;#c=new Map;#u=[];#d=!1;#p;#m=!1;#h;constructor(t){super(),this.#t=t,this.#h=t.replayUnread?[]:void 0,this.state=new Cn(t.keepMessages);let n=r=>this.touch(r),i=r=>this.emit("problem",r);this.outbox=new xn(t.outbox,{send:r=>this.command(r),changed:n,problem:i}),this.#a=new yn(t,this.#e),this.#r=new En(this.state,{ask:this.command,changed:n}),this.#o=new vn(this.state,this.#e,n),this.#s=new wn({isOwn:({sender:r})=>r.id===this.state.me?.id,...t.replayUnread&&{markHandled:(r,o)=>r.read(o)},problem:i}),this.#i=this.#g(),this.#l=this.#f(t)}start(){let t=new Promise((n,i)=>{let r=this.on("status",o=>{if(o.phase==="online")n();else if(o.phase==="closed")i(o.reason??new St("the client was closed"));else return;r()});this.status.phase==="online"&&n()});if(!this.#u.length){this.#u.push(fo(()=>this.wake()));let n=this.#t.session?.subscribe?.(()=>this.#l.sessionChanged());n&&this.#u.push(n)}return this.#l.start(),t}get status(){return this.#l.status}get lastError(){return this.#l.lastError}get me(){if(!this.state.me)throw new tt("not connected yet");return this.state.me}get chats(){return[...this.state.rooms.keys()].map(t=>this.#S(t))}get isRefreshing(){return this.#r.isStale}chat(t){let n=this.state.rooms.get(t)??this.#M(t);if(!n)throw new tt(`you are not in the chat ${t}: join it`);return this.#S(n.id)}room(t){let n=this.state.rooms.get(t);if(!n)throw new tt(`you are not in the chat ${t}`);return n}command=((t,n)=>this.#n.ask(t,n));async join(t){let n=await this.command({type:"JOIN_CHAT",chatId:t});return this.state.rooms.has(n.chatId)||await this.#r.addChat(n.chatId),this.chat(n.chatId)}async create(t){let n=await this.command({type:"CREATE_CHAT",id:Kt(),...t});return this.chat(n.chatId)}async direct(t){let n=await this.command({type:"CREATE_CHAT",kind:"direct",members:[t]},{repeatable:!0});return this.chat(n.chatId)}use(t){return this.#s.use(t),this}onMessage(t,n){let i=this.#s.route(n?t:/^/,n??t);return this.#p??=this.on("message",r=>this.#s.dispatch(r)),i}on(t,n){return t==="message"&&this.#h&&queueMicrotask(()=>this.#v()),super.on(t,n)}async logOut(t=!1){await this.command({type:"LOG_OUT",everywhere:t}).catch(n=>{if(this.lastError?.closeCode!==4401)throw n}),this.#a.forget(),this.emit("session",void 0),await this.close()}wake(){this.#l.wake()}async close(){await this.#l.close(),await this.outbox.saved()}touch(t){this.state.touched.add(t),!this.#d&&(this.#d=!0,queueMicrotask(()=>{this.#d=!1;let n=new Set(this.state.touched);this.state.touched.clear();for(let i of n)this.#o.watchMute(i);this.emit("change",n)}))}#g(){let n={sync:(i,r)=>{let o={type:"SYNC",chats:i,cursor:r};return this.#n.ask(o,{urgent:!0})},applied:i=>this.#b(i),caughtUp:i=>this.#w(i),lagged:()=>this.#r.missedPresence(),failed:i=>this.#l.restart(i)};return new Tn(this.state,n,this.#t.replayUnread===!0)}#f(t){return new bn(t,this.#a,{requests:this.#n,clock:this.#e,log:t.log??(()=>{}),receive:(n,i)=>this.#i.take(n,i),catchUp:()=>this.#i.catchUp(),lost:()=>this.#x(),status:n=>this.#k(n),problem:n=>this.emit("problem",n)})}#b(t){t.type==="AUTHENTICATED"&&(this.#a.accepted(t),this.emit("session",t)),t.type==="TYPING"&&this.#o.watchTyping(t),this.touch(""),this.emit("frame",t),this.emit(t.type,t),t.type==="NEW_MESSAGE"&&!t.duplicate&&this.#y(t.message,!1),this.#r.run()}#w(t){this.touch("");for(let n of t)this.#y(n,!0);this.#r.run()}#y(t,n){if(!this.state.rooms.has(t.chatId))return;let i={chat:this.#S(t.chatId),message:t,missed:n};this.#h?this.#h.push(i):this.emit("message",i)}#v(){let t=this.#h??[];this.#h=void 0;for(let n of t)this.emit("message",n)}#x(){this.#n.lost(),this.#i.lost(),this.#o.clear();for(let t of this.state.rooms.values())t.typing.clear(),t.streams.clear(),this.touch(t.id)}#k(t){if(t.phase==="online"&&this.#E(),t.phase==="closed"){let n=t.reason??new St("the client was closed");this.#n.end(n),this.outbox.end(n),this.#o.end();for(let i of this.#u.splice(0))i()}this.emit("status",t),this.touch(""),t.phase==="closed"&&this.endLoops()}#E(){this.outbox.start(),this.#m&&this.#r.missedPresence(),this.#m=!0,this.#r.run()}#S(t){let n=this.#c.get(t)??new mn(this,t);return this.#c.set(t,n),n}#M(t){if(!t.startsWith("#"))return;let n=t.slice(1).toLowerCase();return[...this.state.rooms.values()].find(({chat:i})=>i.kind==="channel"&&i.name.toLowerCase()===n)}};var Gi=15e3,Do=50,Vl=50,Wi=e=>new Promise(t=>setTimeout(t,e)),Mn=class{#t;#e;#n=Kt();#i=Promise.resolve();constructor(t,n){this.#t=t,this.#e=n}run(t){let n=this.#i.then(()=>this.#r(t));return this.#i=n.catch(()=>{}),n}async#r(t){let n=await this.#o(),i=setInterval(()=>{this.#a(n)},Gi/3);try{return await t()}finally{clearInterval(i),await this.#l(n)&&await this.#t.removeItem(this.#e)}}async#o(){for(;;){let t=await this.#s();if(t&&t.owner!==this.#n){await Wi(Vl*(1+Math.random()));continue}let n=(t?.fence??0)+1;if(await this.#c(n),await Wi(Do*(1+Math.random())),!!await this.#l(n)&&(await Wi(Do),await this.#l(n)))return n}}async#a(t){await this.#l(t)&&await this.#c(t)}async#l(t){let n=await this.#s();return n?.owner===this.#n&&n.fence===t}async#s(){let t=An(await this.#t.getItem(this.#e)),n=(t?.expiresAt??0)-Date.now();return n>0&&n<=Gi?t:void 0}async#c(t){let n={owner:this.#n,fence:t,expiresAt:Date.now()+Gi};await this.#t.setItem(this.#e,JSON.stringify(n))}};function An(e){try{return JSON.parse(e??"null")??void 0}catch{return}}function Vi(e="pichat.session",t={}){let n=t.storage??localStorage,i=t.locks===void 0?globalThis.navigator?.locks:t.locks,r=new Mn(n,`${e}.lock`),o=typeof BroadcastChannel>"u"?void 0:new BroadcastChannel(e);o?.unref?.();let a=()=>{let d=n.getItem(e);return d instanceof Promise?d.then(An):An(d)};return{load:a,save:d=>{let m=d?n.setItem(e,JSON.stringify(d)):n.removeItem(e),p=()=>o?.postMessage("saved");return m instanceof Promise?m.then(p):p()},exclusive:d=>i?i.request(e,d):r.run(d),subscribe:d=>{let m=async()=>await a()&&d(),p=f=>f.key===e&&m();return globalThis.addEventListener?.("storage",p),o?.addEventListener("message",m),()=>{globalThis.removeEventListener?.("storage",p),o?.removeEventListener("message",m)}}}}var Fo={search:"M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4",plus:"M12 5v14M5 12h14",close:"M6 6l12 12M18 6L6 18",back:"M15 5l-7 7 7 7",down:"M12 5v14M6 13l6 6 6-6",send:"M4 12l16-8-6 16-3-7-7-1Z",clip:"M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.500 8.500a2 2 0 0 1-3-3L14 7",reply:"M9 6L3 12l6 6M3 12h11a7 7 0 0 1 7 7",edit:"M4 20l1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3",trash:"M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",pin:"M12 15v6M8 3h8l-1 7 3 4H6l3-4-1-7Z",smile:"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 14q4 4 8 0M9 9.500v.1M15 9.500v.1",unread:"M4 6h9M4 12h16M4 18h10M18.500 8.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z",mail:"M3 6h18v12H3ZM3 7l9 6 9-6",at:"M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM16 12v1.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-4 7.500",hash:"M9 4L7 20M17 4l-2 16M4 9h17M3 15h17",people:"M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2.300.7 3.500 2.500 3.500 5.500",copy:"M9 9h11v11H9ZM5 15H4V4h11v1",ban:"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM5.700 5.700l12.600 12.600",file:"M6 3h8l4 4v14H6ZM14 3v4h4",download:"M12 4v11M7 10l5 5 5-5M5 20h14",retry:"M20 12a8 8 0 1 1-2.500-5.800M20 4v5h-5",previous:"M15 5l-7 7 7 7",next:"M9 5l7 7-7 7",check:"M5 13l4.500 4.500L19 7",link:"M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.700-5.700l-1.500 1.500M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.700 5.700l1.500-1.500",gear:"M12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM12 2.500v3M12 18.500v3M2.500 12h3M18.500 12h3M5.300 5.300l2.100 2.100M16.600 16.600l2.100 2.100M5.300 18.700l2.100-2.100M16.600 7.400l2.100-2.100",bell:"M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7ZM10 20.500h4",muted:"M6.500 8A6 6 0 0 1 18 10c0 2 .3 3.300.7 4.300M17 17H4c0-1 2-2 2-7M10 20.500h4M3 3l18 18",clock:"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.500l3.500 2",user:"M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 21c0-4.500 3.500-6.500 7.500-6.500s7.500 2 7.500 6.500"},_o="http://www.w3.org/2000/svg";function Y(e){let t=document.createElementNS(_o,"svg");t.setAttribute("viewBox","0 0 24 24"),t.setAttribute("aria-hidden","true");let n=document.createElementNS(_o,"path");return n.setAttribute("d",Fo[e]),t.append(n),t}var zo=e=>e in Fo;var Kl=/[\u2066-\u2069]/g,Yl=/\u2068([^\u2069]*)\u2069/g,N=e=>"⁨"+e.replace(Kl,"")+"⁩";function Ho(e){let t=[],n=0;for(let i of e.matchAll(Yl))i.index>n&&t.push({text:e.slice(n,i.index),isolated:!1}),t.push({text:i[1],isolated:!0}),n=i.index+i[0].length;return n<e.length&&t.push({text:e.slice(n),isolated:!1}),t}function Ve(e,t=90){let n=e.slice(0,t*8).replace(/\s+/g," ").trim(),i=[...n];return i.length>t?`${i.slice(0,t).join("")}…`:n}function jo(e){let t=0;for(let n of e)t++;return t}var dt=e=>e.message.replace(/^[A-Z_]+: /,"");var Zl=new Set(["value","checked","open","selected"]);function c(e,t={},...n){let[i,...r]=e.split("."),o=document.createElement(i);r.length&&o.classList.add(...r);for(let[a,s]of Object.entries(t))s===void 0||s===!1||s===null||(typeof s=="function"?o.addEventListener(a.slice(2),s):Zl.has(a)?Object.assign(o,{[a]:s}):o.setAttribute(a,s===!0?"":String(s)));return o.append(...n.filter(a=>a!==!1&&a!==null&&a!==void 0)),o}var R=e=>c("bdi",{},e),Q=e=>{let t=document.createDocumentFragment();return t.append(...Ho(e).map(({text:n,isolated:i})=>i?R(n):n)),t};function $(e,t,n,i={}){return c("button.icon",{type:"button",title:t,"aria-label":t,onclick:n,...i},zo(e)?Y(e):e)}function H(e,t,n=""){return c(n?`button.${n}`:"button",{type:"button",onclick:t},e)}var Jl=0;function G(e,t={},n){let i=`field-${++Jl}`,r=c("input",{id:i,type:"text",autocomplete:"off",dir:"auto","aria-describedby":n&&`${i}-hint`,...t}),o=n!==void 0&&c("small",{id:`${i}-hint`},n);return{element:c("div.field",{},c("label",{for:i},e),r,o),input:r}}var lt=e=>async t=>{t.preventDefault();let n=t.currentTarget;if(n.ariaBusy==="true")return;let i=[...n.querySelectorAll('[type="submit"]')];n.ariaBusy="true";for(let r of i)r.disabled=!0;try{await e()}finally{n.ariaBusy=null;for(let r of i)r.disabled=!1}};function Rt(e,t,n,i){let r=c("select",{onchange:()=>i(r.value)},...t.map(({value:o,label:a})=>c("option",{value:o},a)));return r.value=n,c("label.field",{},c("span",{},e),r)}function In(e,t,n){let i=c("input",{type:"checkbox",checked:t,onchange:()=>n(i.checked)});return c("label.toggle",{},i,c("span",{},e))}var Nt=e=>navigator.languages.find(t=>t.split("-")[0]===e)??e;var Ql=new Intl.PluralRules("ar"),Nn=new Intl.NumberFormat(Nt("ar"));function Zt(e,t){let n=Ql.select(e);return n==="one"||n==="two"?t[n]:`${Nn.format(e)} ${n==="few"?t.few:n==="many"?t.many:t.other}`}var Bo=e=>new Intl.ListFormat(Nt("ar")).format(e),Uo={one:"رسالة غير مقروءة",two:"رسالتان غير مقروءتين",few:"رسائل غير مقروءة",many:"رسالة غير مقروءة",other:"رسالة غير مقروءة"},Xl={one:"إشارة غير مقروءة",two:"إشارتان غير مقروءتين",few:"إشارات غير مقروءة",many:"إشارة غير مقروءة",other:"إشارة غير مقروءة"},tc={one:"رسالة غير مرسلة",two:"رسالتان غير مرسلتين",few:"رسائل غير مرسلة",many:"رسالة غير مرسلة",other:"رسالة غير مرسلة"},ec={one:"عضو واحد",two:"عضوان",few:"أعضاء",many:"عضوًا",other:"عضو"},nc={one:"رسالة واحدة",two:"رسالتان",few:"رسائل",many:"رسالة",other:"رسالة"},ic={one:"شخص واحد",two:"شخصان",few:"أشخاص",many:"شخصًا",other:"شخص"},rc={one:"حرف واحد",two:"حرفان",few:"أحرف",many:"حرفًا",other:"حرف"},qo={close:"إغلاق",cancel:"إلغاء",save:"حفظ",saved:"تم الحفظ.",add:"إضافة",remove:"إزالة",delete:"حذف",edit:"تعديل",open:"فتح",join:"انضمام",create:"إنشاء",search:"بحث",loading:"جارٍ التحميل…",loadMore:"تحميل المزيد",tryAgain:"إعادة المحاولة",discard:"تجاهل",nothingFound:"لا توجد نتائج.",name:"الاسم",nameOptional:"الاسم (اختياري)",username:"اسم المستخدم",someone:"شخص ما",you:"أنت",today:"اليوم",yesterday:"أمس",says:(e,t)=>`${e}: ${t}`,status:{online:"متصل",away:"بعيد",offline:"غير متصل"},roles:{owner:"مالك",admin:"مشرف",member:"عضو"},logInTabs:{logIn:"تسجيل الدخول",signUp:"إنشاء حساب",token:"استخدام رمز"},logInButtons:{logIn:"تسجيل الدخول",signUp:"إنشاء الحساب",token:"متابعة"},usernameOrEmail:"اسم المستخدم أو البريد الإلكتروني",password:"كلمة المرور",usernameRules:"من 3 إلى 32 من الأحرف اللاتينية أو الأرقام أو النقاط أو الشرطات",passwordRules:"8 أحرف على الأقل",displayNameOptional:"الاسم الظاهر (اختياري)",displayNameHint:"الاسم الذي يراه الآخرون",tokenLabel:"رمز API أو JWT",tokenHint:"للبوتات وللخدمات التي تسجّل دخول المستخدمين",show:"إظهار",hide:"إخفاء",showPassword:e=>`إظهار: ${e}`,connecting:"جارٍ الاتصال…",offline:"أنت غير متصل.",refusals:{wrongPassword:"اسم المستخدم أو كلمة المرور غير صحيحة.",wrongToken:"هذا الرمز غير صالح.",usernameTaken:"اسم المستخدم أو البريد الإلكتروني هذا مستخدم.",tooOften:"محاولات كثيرة. انتظر قليلًا ثم حاول مرة أخرى.",noSuchUser:"لا يوجد مستخدم بهذا الاسم.",channelTaken:"توجد قناة بهذا الاسم."},cannotReach:"تعذّر الوصول إلى الخادم. تجري إعادة المحاولة…",retryingIn:e=>`إعادة المحاولة بعد ${Nn.format(e)} ث.`,tryNow:"المحاولة الآن",connectionEnded:"أغلق الخادم الاتصال.",reload:"إعادة التحميل",chats:"المحادثات",filterChats:"تصفية المحادثات",goToChat:"الانتقال إلى محادثة",newChat:"محادثة جديدة",startAChat:"بدء محادثة",noChatsYet:"ليست لديك محادثات بعد.",noChatOfThatName:"لا توجد محادثة بهذا الاسم.",noMessagesYet:"لا توجد رسائل بعد",muted:"مكتومة",unread:"غير مقروءة",unreadCount:e=>Zt(e,Uo),mentionCount:e=>Zt(e,Xl),unsent:e=>Zt(e,tc),members:e=>Zt(e,ec),lastSeen:e=>`آخر ظهور ${e}`,archived:"مؤرشفة",backToChats:"العودة إلى المحادثات",aboutThisChat:"عن هذه المحادثة",chooseAChat:"اختر محادثة",chooseAChatHint:"اختر واحدة من القائمة أو ابدأ محادثة جديدة.",notAMember:e=>`لست عضوًا في ${e}.`,joinChannel:"الانضمام إلى القناة",chatNotFound:"المحادثة غير موجودة",chatNotFoundHint:"ربما حُذفت، أو هي خاصة ولست عضوًا فيها.",cannotOpenChat:"تعذّر فتح هذه المحادثة",newChatTabs:{direct:"رسالة مباشرة",group:"مجموعة",channel:"قناة",browse:"تصفح القنوات"},newChatHints:{direct:"لا يقرؤها إلا أنتما.",group:"خاصة: الانضمام بالدعوة.",channel:"عامة: يمكن للجميع العثور عليها وقراءتها والانضمام إليها."},channelName:"اسم القناة",descriptionOptional:"الوصف (اختياري)",membersOptional:"الأعضاء (اختياري)",openChat:"فتح المحادثة",channels:"القنوات",findChannel:"البحث عن قناة",noChannelOfThatName:"لا توجد قناة بهذا الاسم.",description:"الوصف",membersHeading:"الأعضاء",addMembers:"إضافة أعضاء",editChat:"تعديل الاسم والوصف",posting:{title:"من يمكنه الكتابة",everyone:"الجميع",admins:"المالكون والمشرفون"},liftBan:"رفع حظر",banLifted:e=>`يمكن لـ${e} الانضمام من جديد.`,pinnedMessages:"الرسائل المثبتة",writeTo:e=>`مراسلة ${e}`,roleOf:e=>`دور ${e}`,ban:"حظر",banMember:e=>`حظر ${e}`,banMemberTitle:"حظر هذا العضو؟",banMemberText:(e,t)=>`سيُزال ${e} من ${t} ولن يتمكن من الانضمام مجددًا.`,archive:"أرشفة",archiveTitle:"أرشفة هذه المحادثة؟",archiveText:e=>`تصبح ${e} للقراءة فقط وتختفي من القائمة، ويمكن استعادتها من الإعدادات.`,restore:"استعادة",removeMember:e=>`إزالة ${e}`,removeMemberTitle:"إزالة هذا العضو؟",removeMemberText:(e,t)=>`لن يبقى ${e} عضوًا في ${t}.`,notify:{title:"الإشعارات في هذا المتصفح",usual:"الافتراضي",all:"كل الرسائل",mentions:"الإشارات فقط",nothing:"لا شيء"},mute:"كتم",unmute:"إلغاء الكتم",leave:"مغادرة",leaveTitle:"مغادرة هذه المحادثة؟",leaveText:e=>`لن تصلك رسائل من ${e} بعد الآن.`,deleteChat:"حذف المحادثة",deleteChatTitle:"حذف هذه المحادثة؟",deleteChatText:e=>`ستُحذف ${e} وجميع رسائلها لدى الجميع. لا يمكن التراجع عن ذلك.`,profile:{title:"الملف الشخصي",status:"الحالة",lastSeen:"آخر ظهور",role:"الدور",since:"تاريخ الانضمام",write:"إرسال رسالة"},serverRoles:{member:"عضو",moderator:"مراقب",admin:"مدير"},searchMessages:"البحث في الرسائل",searchInThisChat:"البحث في هذه المحادثة",searchIn:e=>`البحث في ${e}`,searchAllChats:"البحث في كل المحادثات",searching:"جارٍ البحث…",results:"النتائج",found:e=>`النتائج: ${Zt(e,nc)}`,inChat:e=>`في ${e}`,inAnotherChat:"في محادثة أخرى",mentions:"الإشارات إليك",noMentions:"لم يُشر إليك أحد بعد.",messages:"الرسائل",message:"رسالة",messageLabel:(e,t)=>`${e}، ${t}`,beginning:"هذه بداية المحادثة.",newMessages:"رسائل جديدة",jumpToNewest:"الانتقال إلى أحدث رسالة",jumpToNewestUnread:e=>`الانتقال إلى أحدث رسالة، ${Zt(e,Uo)}`,backToReply:"العودة إلى الرد",bot:"بوت",pinned:"مثبتة",edited:"معدّلة",sent:"أُرسلت",readByAll:"قرأها الجميع",waitingToBeSent:"بانتظار الإرسال",messageDeleted:"حُذفت هذه الرسالة.",messageNotFound:"تعذّر العثور على هذه الرسالة.",earlierMessage:"رسالة سابقة",inReplyTo:e=>`رد على ${e}`,attachment:"مرفق",reaction:(e,t)=>`${e}، ${Zt(t,ic)}`,others:e=>`${Nn.format(e)} آخرون`,stop:"إيقاف",code:"شيفرة",table:"جدول",copy:"نسخ",copied:"تم النسخ",copyFailed:"لم يسمح المتصفح بالنسخ.",typing:(e,t)=>t===1?`${e} يكتب…`:`${e} يكتبون…`,notices:{joined:e=>`انضم ${e}`,left:e=>`غادر ${e}`,added:(e,t)=>`أضاف ${e} ${Bo(t)}`,removed:(e,t)=>`أزال ${e} ${Bo(t)}`,banned:(e,t)=>`حظر ${e} ${t}`,role:(e,t,n)=>`غيّر ${e} دور ${t} إلى ${n}`,renamed:(e,t)=>`غيّر ${e} اسم المحادثة إلى ${t}`,changed:e=>`غيّر ${e} الوصف`,archived:e=>`أرشف ${e} المحادثة`,pinned:e=>`ثبّت ${e} رسالة`,unpinned:e=>`ألغى ${e} تثبيت رسالة`},notificationTitle:(e,t)=>`${e} في ${t}`,messageActions:"إجراءات الرسالة",reactWith:e=>`التفاعل بـ ${e}`,addReaction:"إضافة تفاعل",reply:"رد",copyText:"نسخ النص",textCopied:"نُسخ النص.",copyLink:"نسخ الرابط",linkCopied:"نُسخ الرابط.",markUnread:"وضع علامة غير مقروء",pin:"تثبيت",unpin:"إلغاء التثبيت",deleteMessageTitle:"حذف هذه الرسالة؟",deleteOwnMessageText:"ستُحذف لدى الجميع.",deleteMessageText:e=>`ستُحذف رسالة ${e} لدى الجميع.`,messageWasDeleted:"حُذفت الرسالة.",messageTo:e=>`رسالة إلى ${e}`,chatIsArchived:"هذه المحادثة مؤرشفة",onlyAdminsPost:"الكتابة هنا للمالكين والمشرفين فقط",send:"إرسال",attach:"إرفاق",attachLink:"إرفاق رابط",fileAddress:"عنوان الملف",files:{attach:"إرفاق ملفات",attached:"الملفات المرفقة",dropHere:"أفلت الملفات هنا لإرفاقها",link:"رابط",waits:"قيد الانتظار…",waitsForConnection:"في انتظار الاتصال…",uploading:e=>`جارٍ الرفع، ${e}`,uploadOf:e=>`رفع ${e}`,uploaded:e=>`تم رفع ${e}.`,uploadAgain:e=>`إعادة رفع ${e}`,remove:e=>`إزالة ${e}`,sentWhenUploaded:"ستُرسل الرسالة عند اكتمال رفع ملفاتها.",failedFirst:"تعذّر رفع بعض الملفات. أعد المحاولة أو أزلها.",empty:"هذا الملف فارغ.",tooLarge:e=>`هذا الملف كبير جدًا. الحد الأقصى ${e}.`,tooMany:e=>`لا يمكن أن تحتوي الرسالة على أكثر من ${Nn.format(e)} ملفًا.`,quota:e=>`لا توجد مساحة كافية. الحد الأقصى لجميع ملفاتك ${e}.`,interrupted:"انقطع الرفع.",download:e=>`تنزيل ${e}`,downloadThis:"تنزيل",openPicture:e=>`فتح الصورة ${e}`,previousPicture:"الصورة السابقة",nextPicture:"الصورة التالية",position:(e,t)=>`${e} من ${t}`,pictureNotLoaded:"تعذّر تحميل هذه الصورة."},insertEmoji:"إدراج رمز تعبيري",editingMessage:"تعديل رسالتك",replyingTo:e=>`الرد على ${e}`,characters:(e,t)=>`${e} من ${t} حرفًا`,tooLong:e=>`النص أطول من الحد: ${Zt(e,rc)}`,chooseEmoji:"اختر رمزًا تعبيريًا",searchEmoji:"البحث (بالإنجليزية)",emojiGroups:{title:"المجموعات",recent:"الأخيرة",smileys:"وجوه",people:"أشخاص",animals:"حيوانات وطبيعة",food:"طعام وشراب",travel:"سفر وأماكن",activities:"أنشطة",objects:"أشياء",symbols:"رموز",flags:"أعلام"},settings:"الإعدادات",displayName:"الاسم الظاهر",emailOptional:"البريد الإلكتروني (اختياري)",appearance:"المظهر",themes:{system:"النظام",light:"فاتح",dark:"داكن"},density:"الكثافة",densities:{comfortable:"مريحة",compact:"مضغوطة"},language:"اللغة",browserLanguage:"المتصفح",showMeAs:"حالتي الظاهرة",highContrast:"تباين عالٍ",desktopNotifications:"إشعارات سطح المكتب",notificationsBlocked:"يحظر المتصفح الإشعارات من هذه الصفحة.",sound:"تشغيل صوت عند وصول رسائل جديدة",changePassword:"تغيير كلمة المرور",currentPassword:"كلمة المرور الحالية",newPassword:"كلمة المرور الجديدة",passwordChanged:"تغيّرت كلمة المرور وسُجّل الخروج من الجلسات الأخرى.",sessions:"الجلسات",unnamedDevice:"جهاز بلا اسم",thisDevice:"هذا الجهاز",lastUsed:e=>`آخر استخدام ${e}`,neverUsed:"لم يُستخدم",tokens:"رموز API",tokenName:"اسم الرمز",botUsernameOptional:"اسم مستخدم البوت (اختياري)",botUsernameHint:"ينشئ بوتًا يعود إليه الرمز",createToken:"إنشاء رمز",secretOnce:"انسخ الرمز الآن، فلن يظهر مرة أخرى.",revoke:"إبطال",revokeTitle:"إبطال هذا الرمز؟",revokeText:e=>`ستنقطع البرامج التي تستخدم ${e}.`,bots:{title:"البوتات",deleteTitle:"حذف هذا البوت؟",deleteText:e=>`سيُحذف ${e} ورموزه. تبقى رسائله دون اسمه.`},archivedChats:"المحادثات المؤرشفة",noArchivedChats:"ليست لديك محادثات مؤرشفة.",moderation:{title:"الإشراف",stats:{connections:"الاتصالات",users:"المستخدمون",chats:"المحادثات",messages:"الرسائل"},users:"المستخدمون",findUser:"البحث عن مستخدم",log:"سجل التدقيق",ban:"حظر",unban:"رفع الحظر",banTitle:"حظر هذا المستخدم؟",banText:e=>`سيُقطع اتصال ${e} ولن يتمكن من تسجيل الدخول حتى يُرفع الحظر.`,banned:e=>`حُظر ${e}.`,unbanned:e=>`رُفع الحظر عن ${e}.`,disconnect:"قطع الاتصال",disconnected:e=>`قُطع اتصال ${e}.`},account:"الحساب",downloadMyData:"تنزيل بياناتي",deleteAccount:"حذف الحساب",deleteAccountText:"يُحذف حسابك نهائيًا، وتبقى رسائلك دون اسمك.",accountDeleted:"حُذف حسابك.",protocolReference:"مرجع البروتوكول",logOut:"تسجيل الخروج",logOutEverywhere:"تسجيل الخروج من كل الأجهزة",keyboardShortcuts:"اختصارات لوحة المفاتيح",shortcuts:[["Ctrl K","الانتقال إلى محادثة"],["Alt ↑","المحادثة السابقة"],["Alt ↓","المحادثة التالية"],["↑","تعديل آخر رسالة لك (والحقل فارغ)"],["Shift Enter","سطر جديد"],["Esc","إلغاء أو إغلاق أو العودة إلى حقل الكتابة"],["Ctrl /","إظهار هذه المساعدة"]]};var oc=new Intl.PluralRules("en"),ac=new Intl.NumberFormat(Nt("en")),Ot=(e,t,n)=>`${ac.format(e)} ${oc.select(e)==="one"?t:n}`,$o=e=>new Intl.ListFormat(Nt("en")).format(e),Go={close:"Close",cancel:"Cancel",save:"Save",saved:"Saved.",add:"Add",remove:"Remove",delete:"Delete",edit:"Edit",open:"Open",join:"Join",create:"Create",search:"Search",loading:"Loading…",loadMore:"Load more",tryAgain:"Try again",discard:"Discard",nothingFound:"Nothing found.",name:"Name",nameOptional:"Name (optional)",username:"Username",someone:"Someone",you:"You",today:"Today",yesterday:"Yesterday",says:(e,t)=>`${e}: ${t}`,status:{online:"online",away:"away",offline:"offline"},roles:{owner:"owner",admin:"admin",member:"member"},logInTabs:{logIn:"Log in",signUp:"Sign up",token:"Use a token"},logInButtons:{logIn:"Log in",signUp:"Create account",token:"Continue"},usernameOrEmail:"Username or email",password:"Password",usernameRules:"3 to 32 letters, digits, dots, hyphens or underscores",passwordRules:"At least 8 characters",displayNameOptional:"Display name (optional)",displayNameHint:"The name other people see",tokenLabel:"API token or JWT",tokenHint:"For bots and for services that sign people in",show:"Show",hide:"Hide",showPassword:e=>`Show ${e.toLowerCase()}`,connecting:"Connecting…",offline:"You are offline.",refusals:{wrongPassword:"Wrong username or password.",wrongToken:"This token is not valid.",usernameTaken:"This username or email is taken.",tooOften:"Too many attempts. Wait a moment, then try again.",noSuchUser:"There is no user of that name.",channelTaken:"A channel with this name already exists."},cannotReach:"The server cannot be reached. Trying again…",retryingIn:e=>`Retrying in ${e} s.`,tryNow:"Try now",connectionEnded:"The server closed the connection.",reload:"Reload",chats:"Chats",filterChats:"Filter chats",goToChat:"Go to chat",newChat:"New chat",startAChat:"Start a chat",noChatsYet:"You have no chats yet.",noChatOfThatName:"No chat has that name.",noMessagesYet:"No messages yet",muted:"Muted",unread:"Unread",unreadCount:e=>Ot(e,"unread message","unread messages"),mentionCount:e=>Ot(e,"unread mention","unread mentions"),unsent:e=>Ot(e,"unsent message","unsent messages"),members:e=>Ot(e,"member","members"),lastSeen:e=>`last seen ${e}`,archived:"archived",backToChats:"Back to chats",aboutThisChat:"About this chat",chooseAChat:"Choose a chat",chooseAChatHint:"Select one from the list or start a new one.",notAMember:e=>`You are not a member of ${e}.`,joinChannel:"Join channel",chatNotFound:"Chat not found",chatNotFoundHint:"It may have been deleted, or it may be private and you are not a member.",cannotOpenChat:"This chat could not be opened",newChatTabs:{direct:"Direct message",group:"Group",channel:"Channel",browse:"Browse channels"},newChatHints:{direct:"Only the two of you can read it.",group:"Private: people join by invitation.",channel:"Public: anyone can find, read and join it."},channelName:"Channel name",descriptionOptional:"Description (optional)",membersOptional:"Members (optional)",openChat:"Open chat",channels:"Channels",findChannel:"Find a channel",noChannelOfThatName:"No channel has that name.",description:"Description",membersHeading:"Members",addMembers:"Add members",editChat:"Edit name and description",posting:{title:"Who can write",everyone:"Everyone",admins:"Owners and admins"},liftBan:"Lift a ban",banLifted:e=>`${e} can join again.`,pinnedMessages:"Pinned messages",writeTo:e=>`Message ${e}`,roleOf:e=>`Role of ${e}`,ban:"Ban",banMember:e=>`Ban ${e}`,banMemberTitle:"Ban this member?",banMemberText:(e,t)=>`${e} will be removed from ${t} and cannot join again.`,archive:"Archive",archiveTitle:"Archive this chat?",archiveText:e=>`${e} becomes read-only and disappears from the list. You can restore it in the settings.`,restore:"Restore",removeMember:e=>`Remove ${e}`,removeMemberTitle:"Remove this member?",removeMemberText:(e,t)=>`${e} will no longer be a member of ${t}.`,notify:{title:"Notifications in this browser",usual:"Default",all:"All messages",mentions:"Mentions only",nothing:"None"},mute:"Mute",unmute:"Unmute",leave:"Leave",leaveTitle:"Leave this chat?",leaveText:e=>`You will no longer receive messages from ${e}.`,deleteChat:"Delete chat",deleteChatTitle:"Delete this chat?",deleteChatText:e=>`${e} and all its messages will be deleted for everyone. This cannot be undone.`,profile:{title:"Profile",status:"Status",lastSeen:"Last seen",role:"Role",since:"Joined",write:"Send a message"},serverRoles:{member:"Member",moderator:"Moderator",admin:"Administrator"},searchMessages:"Search messages",searchInThisChat:"Search this chat",searchIn:e=>`Search ${e}`,searchAllChats:"Search all chats",searching:"Searching…",results:"Results",found:e=>Ot(e,"message found","messages found"),inChat:e=>`in ${e}`,inAnotherChat:"in another chat",mentions:"Mentions",noMentions:"Nobody has mentioned you yet.",messages:"Messages",message:"Message",messageLabel:(e,t)=>`${e}, ${t}`,beginning:"This is the beginning of the conversation.",newMessages:"New messages",jumpToNewest:"Jump to the newest message",jumpToNewestUnread:e=>`Jump to the newest message, ${Ot(e,"unread message","unread messages")}`,backToReply:"Back to the reply",bot:"bot",pinned:"Pinned",edited:"edited",sent:"Sent",readByAll:"Read by everyone",waitingToBeSent:"Waiting to be sent",messageDeleted:"This message was deleted.",messageNotFound:"This message could not be found.",earlierMessage:"An earlier message",inReplyTo:e=>`In reply to ${e}`,attachment:"Attachment",reaction:(e,t)=>`${e}, ${Ot(t,"person","people")}`,others:e=>Ot(e,"other","others"),stop:"Stop",code:"Code",table:"Table",copy:"Copy",copied:"Copied",copyFailed:"The browser did not allow copying.",typing:(e,t)=>`${e} ${t===1?"is":"are"} typing…`,notices:{joined:e=>`${e} joined`,left:e=>`${e} left`,added:(e,t)=>`${e} added ${$o(t)}`,removed:(e,t)=>`${e} removed ${$o(t)}`,banned:(e,t)=>`${e} banned ${t}`,role:(e,t,n)=>`${e} made ${t} ${n==="member"?"a":"an"} ${n}`,renamed:(e,t)=>`${e} renamed the chat to ${t}`,changed:e=>`${e} changed the description`,archived:e=>`${e} archived the chat`,pinned:e=>`${e} pinned a message`,unpinned:e=>`${e} unpinned a message`},notificationTitle:(e,t)=>`${e} in ${t}`,messageActions:"Message actions",reactWith:e=>`React with ${e}`,addReaction:"Add reaction",reply:"Reply",copyText:"Copy text",textCopied:"Text copied.",copyLink:"Copy link",linkCopied:"Link copied.",markUnread:"Mark as unread",pin:"Pin",unpin:"Unpin",deleteMessageTitle:"Delete this message?",deleteOwnMessageText:"It will be deleted for everyone.",deleteMessageText:e=>`This message from ${e} will be deleted for everyone.`,messageWasDeleted:"Message deleted.",messageTo:e=>`Message ${e}`,chatIsArchived:"This chat is archived",onlyAdminsPost:"Only owners and admins can write here",send:"Send",attach:"Attach",attachLink:"Attach a link",fileAddress:"File address (URL)",files:{attach:"Attach files",attached:"Attached files",dropHere:"Drop files here to attach them",link:"Link",waits:"Waiting…",waitsForConnection:"Waiting for the connection…",uploading:e=>`Uploading, ${e}`,uploadOf:e=>`Upload of ${e}`,uploaded:e=>`${e} was uploaded.`,uploadAgain:e=>`Upload ${e} again`,remove:e=>`Remove ${e}`,sentWhenUploaded:"The message will be sent when its files have been uploaded.",failedFirst:"Some files could not be uploaded. Try them again or remove them.",empty:"This file is empty.",tooLarge:e=>`This file is too large. The limit is ${e}.`,tooMany:e=>`A message can have at most ${Ot(e,"file","files")}.`,quota:e=>`There is not enough space left. Your files can use ${e} in total.`,interrupted:"The upload was interrupted.",download:e=>`Download ${e}`,downloadThis:"Download",openPicture:e=>`Open picture ${e}`,previousPicture:"Previous picture",nextPicture:"Next picture",position:(e,t)=>`${e} of ${t}`,pictureNotLoaded:"This picture could not be loaded."},insertEmoji:"Insert emoji",editingMessage:"Editing your message",replyingTo:e=>`Replying to ${e}`,characters:(e,t)=>`${e} of ${t} characters`,tooLong:e=>`${Ot(e,"character","characters")} too many`,chooseEmoji:"Choose an emoji",searchEmoji:"Search emoji",emojiGroups:{title:"Groups",recent:"Recent",smileys:"Smileys",people:"People",animals:"Animals and nature",food:"Food and drink",travel:"Travel and places",activities:"Activities",objects:"Objects",symbols:"Symbols",flags:"Flags"},settings:"Settings",displayName:"Display name",emailOptional:"Email (optional)",appearance:"Appearance",themes:{system:"System",light:"Light",dark:"Dark"},density:"Density",densities:{comfortable:"Comfortable",compact:"Compact"},language:"Language",browserLanguage:"Browser",showMeAs:"Show me as",highContrast:"High contrast",desktopNotifications:"Desktop notifications",notificationsBlocked:"The browser blocks notifications for this page.",sound:"Play a sound for new messages",changePassword:"Change password",currentPassword:"Current password",newPassword:"New password",passwordChanged:"Password changed. Other sessions were logged out.",sessions:"Sessions",unnamedDevice:"Unnamed device",thisDevice:"This device",lastUsed:e=>`last used ${e}`,neverUsed:"never used",tokens:"API tokens",tokenName:"Token name",botUsernameOptional:"Bot username (optional)",botUsernameHint:"Creates a bot that the token belongs to",createToken:"Create token",secretOnce:"Copy this token now. It will not be shown again.",revoke:"Revoke",revokeTitle:"Revoke this token?",revokeText:e=>`Programs that use ${e} will be disconnected.`,bots:{title:"Bots",deleteTitle:"Delete this bot?",deleteText:e=>`${e} and its tokens will be deleted. Its messages stay, without its name.`},archivedChats:"Archived chats",noArchivedChats:"You have no archived chats.",moderation:{title:"Moderation",stats:{connections:"Connections",users:"Users",chats:"Chats",messages:"Messages"},users:"Users",findUser:"Find a user",log:"Audit log",ban:"Ban",unban:"Lift ban",banTitle:"Ban this user?",banText:e=>`${e} will be disconnected and cannot log in until the ban is lifted.`,banned:e=>`${e} was banned.`,unbanned:e=>`${e} is no longer banned.`,disconnect:"Disconnect",disconnected:e=>`${e} was disconnected.`},account:"Account",downloadMyData:"Download my data",deleteAccount:"Delete account",deleteAccountText:"Your account will be deleted permanently. Your messages stay, without your name.",accountDeleted:"Your account was deleted.",protocolReference:"Protocol reference",logOut:"Log out",logOutEverywhere:"Log out everywhere",keyboardShortcuts:"Keyboard shortcuts",shortcuts:[["Ctrl K","Go to a chat"],["Alt ↑","Previous chat"],["Alt ↓","Next chat"],["↑","Edit your last message (in an empty composer)"],["Shift Enter","New line"],["Esc","Cancel, close, or return to the composer"],["Ctrl /","Show this help"]]};var sc=new Intl.PluralRules("de"),Vo=new Intl.NumberFormat(Nt("de")),qt=(e,t,n)=>`${Vo.format(e)} ${sc.select(e)==="one"?t:n}`,Wo=e=>new Intl.ListFormat(Nt("de")).format(e),Ko={close:"Schließen",cancel:"Abbrechen",save:"Speichern",saved:"Gespeichert.",add:"Hinzufügen",remove:"Entfernen",delete:"Löschen",edit:"Bearbeiten",open:"Öffnen",join:"Beitreten",create:"Erstellen",search:"Suchen",loading:"Wird geladen …",loadMore:"Mehr laden",tryAgain:"Erneut versuchen",discard:"Verwerfen",nothingFound:"Nichts gefunden.",name:"Name",nameOptional:"Name (optional)",username:"Benutzername",someone:"Jemand",you:"Du",today:"Heute",yesterday:"Gestern",says:(e,t)=>`${e}: ${t}`,status:{online:"online",away:"abwesend",offline:"offline"},roles:{owner:"Inhaber",admin:"Admin",member:"Mitglied"},logInTabs:{logIn:"Anmelden",signUp:"Registrieren",token:"Mit Token"},logInButtons:{logIn:"Anmelden",signUp:"Konto erstellen",token:"Weiter"},usernameOrEmail:"Benutzername oder E-Mail",password:"Passwort",usernameRules:"3 bis 32 Buchstaben, Ziffern, Punkte, Binde- oder Unterstriche",passwordRules:"Mindestens 8 Zeichen",displayNameOptional:"Anzeigename (optional)",displayNameHint:"So sehen dich andere",tokenLabel:"API-Token oder JWT",tokenHint:"Für Bots und für Dienste, die Personen anmelden",show:"Zeigen",hide:"Verbergen",showPassword:e=>`${e} anzeigen`,connecting:"Verbindung wird aufgebaut …",offline:"Du bist offline.",refusals:{wrongPassword:"Benutzername oder Passwort ist falsch.",wrongToken:"Dieses Token ist ungültig.",usernameTaken:"Dieser Benutzername oder diese E-Mail-Adresse ist vergeben.",tooOften:"Zu viele Versuche. Bitte einen Moment warten und erneut versuchen.",noSuchUser:"Es gibt niemanden mit diesem Namen.",channelTaken:"Es gibt bereits einen Kanal mit diesem Namen."},cannotReach:"Der Server ist nicht erreichbar. Neuer Versuch …",retryingIn:e=>`Neuer Versuch in ${e} s.`,tryNow:"Jetzt versuchen",connectionEnded:"Der Server hat die Verbindung beendet.",reload:"Neu laden",chats:"Chats",filterChats:"Chats filtern",goToChat:"Zu einem Chat wechseln",newChat:"Neuer Chat",startAChat:"Chat beginnen",noChatsYet:"Du hast noch keine Chats.",noChatOfThatName:"Kein Chat mit diesem Namen.",noMessagesYet:"Noch keine Nachrichten",muted:"Stumm",unread:"Ungelesen",unreadCount:e=>qt(e,"ungelesene Nachricht","ungelesene Nachrichten"),mentionCount:e=>qt(e,"ungelesene Erwähnung","ungelesene Erwähnungen"),unsent:e=>qt(e,"nicht gesendete Nachricht","nicht gesendete Nachrichten"),members:e=>qt(e,"Mitglied","Mitglieder"),lastSeen:e=>`zuletzt online: ${e}`,archived:"archiviert",backToChats:"Zurück zu den Chats",aboutThisChat:"Über diesen Chat",chooseAChat:"Wähle einen Chat",chooseAChatHint:"Nimm einen aus der Liste oder beginne einen neuen.",notAMember:e=>`Du bist kein Mitglied von ${e}.`,joinChannel:"Kanal beitreten",chatNotFound:"Chat nicht gefunden",chatNotFoundHint:"Er wurde vielleicht gelöscht, oder er ist privat und du bist kein Mitglied.",cannotOpenChat:"Dieser Chat lässt sich nicht öffnen",newChatTabs:{direct:"Direktnachricht",group:"Gruppe",channel:"Kanal",browse:"Kanäle finden"},newChatHints:{direct:"Nur ihr beide könnt mitlesen.",group:"Privat: Mitglieder kommen auf Einladung dazu.",channel:"Öffentlich: Alle können ihn finden, lesen und beitreten."},channelName:"Name des Kanals",descriptionOptional:"Beschreibung (optional)",membersOptional:"Mitglieder (optional)",openChat:"Chat öffnen",channels:"Kanäle",findChannel:"Kanal suchen",noChannelOfThatName:"Kein Kanal mit diesem Namen.",description:"Beschreibung",membersHeading:"Mitglieder",addMembers:"Mitglieder hinzufügen",editChat:"Name und Beschreibung bearbeiten",posting:{title:"Wer schreiben darf",everyone:"Alle",admins:"Inhaber und Admins"},liftBan:"Sperre aufheben",banLifted:e=>`${e} kann wieder beitreten.`,pinnedMessages:"Angeheftete Nachrichten",writeTo:e=>`Nachricht an ${e}`,roleOf:e=>`Rolle von ${e}`,ban:"Sperren",banMember:e=>`${e} sperren`,banMemberTitle:"Mitglied sperren?",banMemberText:(e,t)=>`${e} wird aus ${t} entfernt und kann nicht wieder beitreten.`,archive:"Archivieren",archiveTitle:"Chat archivieren?",archiveText:e=>`${e} lässt sich dann nur noch lesen und verschwindet aus der Liste. In den Einstellungen kann er wiederhergestellt werden.`,restore:"Wiederherstellen",removeMember:e=>`${e} entfernen`,removeMemberTitle:"Mitglied entfernen?",removeMemberText:(e,t)=>`${e} ist dann kein Mitglied von ${t} mehr.`,notify:{title:"Benachrichtigungen in diesem Browser",usual:"Standard",all:"Alle Nachrichten",mentions:"Nur Erwähnungen",nothing:"Keine"},mute:"Stummschalten",unmute:"Stummschaltung aufheben",leave:"Verlassen",leaveTitle:"Chat verlassen?",leaveText:e=>`Du erhältst keine Nachrichten aus ${e} mehr.`,deleteChat:"Chat löschen",deleteChatTitle:"Chat löschen?",deleteChatText:e=>`${e} und alle Nachrichten darin werden für alle gelöscht. Das lässt sich nicht rückgängig machen.`,profile:{title:"Profil",status:"Status",lastSeen:"Zuletzt online",role:"Rolle",since:"Dabei seit",write:"Nachricht schreiben"},serverRoles:{member:"Mitglied",moderator:"Moderation",admin:"Administration"},searchMessages:"Nachrichten suchen",searchInThisChat:"In diesem Chat suchen",searchIn:e=>`In ${e} suchen`,searchAllChats:"In allen Chats suchen",searching:"Suche läuft …",results:"Ergebnisse",found:e=>`${qt(e,"Nachricht","Nachrichten")} gefunden`,inChat:e=>`in ${e}`,inAnotherChat:"in einem anderen Chat",mentions:"Erwähnungen",noMentions:"Bisher hat dich niemand erwähnt.",messages:"Nachrichten",message:"Nachricht",messageLabel:(e,t)=>`${e}, ${t}`,beginning:"Hier beginnt die Unterhaltung.",newMessages:"Neue Nachrichten",jumpToNewest:"Zur neuesten Nachricht",jumpToNewestUnread:e=>`Zur neuesten Nachricht, ${qt(e,"ungelesene Nachricht","ungelesene Nachrichten")}`,backToReply:"Zurück zur Antwort",bot:"Bot",pinned:"Angeheftet",edited:"bearbeitet",sent:"Gesendet",readByAll:"Von allen gelesen",waitingToBeSent:"Wird gesendet, sobald es geht",messageDeleted:"Diese Nachricht wurde gelöscht.",messageNotFound:"Diese Nachricht wurde nicht gefunden.",earlierMessage:"Eine frühere Nachricht",inReplyTo:e=>`Antwort auf ${e}`,attachment:"Anhang",reaction:(e,t)=>`${e}, ${qt(t,"Person","Personen")}`,others:e=>`${Vo.format(e)} weitere`,stop:"Anhalten",code:"Code",table:"Tabelle",copy:"Kopieren",copied:"Kopiert",copyFailed:"Der Browser hat das Kopieren nicht erlaubt.",typing:(e,t)=>`${e} ${t===1?"schreibt":"schreiben"} …`,notices:{joined:e=>`${e} ist beigetreten`,left:e=>`${e} hat den Chat verlassen`,added:(e,t)=>`${e} hat ${Wo(t)} hinzugefügt`,removed:(e,t)=>`${e} hat ${Wo(t)} entfernt`,banned:(e,t)=>`${e} hat ${t} gesperrt`,role:(e,t,n)=>`${e} hat die Rolle von ${t} geändert: ${n}`,renamed:(e,t)=>`${e} hat den Chat in ${t} umbenannt`,changed:e=>`${e} hat die Beschreibung geändert`,archived:e=>`${e} hat den Chat archiviert`,pinned:e=>`${e} hat eine Nachricht angeheftet`,unpinned:e=>`${e} hat eine angeheftete Nachricht gelöst`},notificationTitle:(e,t)=>`${e} in ${t}`,messageActions:"Aktionen",reactWith:e=>`Mit ${e} reagieren`,addReaction:"Reagieren",reply:"Antworten",copyText:"Text kopieren",textCopied:"Text kopiert.",copyLink:"Link kopieren",linkCopied:"Link kopiert.",markUnread:"Als ungelesen markieren",pin:"Anheften",unpin:"Lösen",deleteMessageTitle:"Nachricht löschen?",deleteOwnMessageText:"Sie wird für alle gelöscht.",deleteMessageText:e=>`Diese Nachricht von ${e} wird für alle gelöscht.`,messageWasDeleted:"Nachricht gelöscht.",messageTo:e=>`Nachricht an ${e}`,chatIsArchived:"Dieser Chat ist archiviert",onlyAdminsPost:"Hier können nur Inhaber und Admins schreiben",send:"Senden",attach:"Anhängen",attachLink:"Link anhängen",fileAddress:"Adresse der Datei",files:{attach:"Dateien anhängen",attached:"Angehängte Dateien",dropHere:"Dateien hier ablegen, um sie anzuhängen",link:"Link",waits:"Wartet …",waitsForConnection:"Wartet auf die Verbindung …",uploading:e=>`Wird hochgeladen, ${e}`,uploadOf:e=>`Hochladen von ${e}`,uploaded:e=>`${e} wurde hochgeladen.`,uploadAgain:e=>`${e} erneut hochladen`,remove:e=>`${e} entfernen`,sentWhenUploaded:"Die Nachricht wird gesendet, sobald ihre Dateien hochgeladen sind.",failedFirst:"Einige Dateien konnten nicht hochgeladen werden. Versuche es erneut oder entferne sie.",empty:"Diese Datei ist leer.",tooLarge:e=>`Diese Datei ist zu groß. Erlaubt sind ${e}.`,tooMany:e=>`Eine Nachricht kann höchstens ${qt(e,"Datei","Dateien")} haben.`,quota:e=>`Der Speicherplatz reicht nicht aus. Alle deine Dateien zusammen dürfen ${e} haben.`,interrupted:"Das Hochladen wurde unterbrochen.",download:e=>`${e} herunterladen`,downloadThis:"Herunterladen",openPicture:e=>`Bild ${e} öffnen`,previousPicture:"Vorheriges Bild",nextPicture:"Nächstes Bild",position:(e,t)=>`${e} von ${t}`,pictureNotLoaded:"Dieses Bild konnte nicht geladen werden."},insertEmoji:"Emoji einfügen",editingMessage:"Nachricht wird bearbeitet",replyingTo:e=>`Antwort an ${e}`,characters:(e,t)=>`${e} von ${t} Zeichen`,tooLong:e=>`${qt(e,"Zeichen","Zeichen")} zu viel`,chooseEmoji:"Emoji wählen",searchEmoji:"Emoji suchen (englisch)",emojiGroups:{title:"Gruppen",recent:"Zuletzt verwendet",smileys:"Smileys",people:"Menschen",animals:"Tiere und Natur",food:"Essen und Trinken",travel:"Reisen und Orte",activities:"Aktivitäten",objects:"Gegenstände",symbols:"Symbole",flags:"Flaggen"},settings:"Einstellungen",displayName:"Anzeigename",emailOptional:"E-Mail (optional)",appearance:"Darstellung",themes:{system:"System",light:"Hell",dark:"Dunkel"},density:"Dichte",densities:{comfortable:"Normal",compact:"Kompakt"},language:"Sprache",browserLanguage:"Browser",showMeAs:"Mich anzeigen als",highContrast:"Hoher Kontrast",desktopNotifications:"Desktop-Benachrichtigungen",notificationsBlocked:"Der Browser blockiert Benachrichtigungen für diese Seite.",sound:"Ton bei neuen Nachrichten",changePassword:"Passwort ändern",currentPassword:"Aktuelles Passwort",newPassword:"Neues Passwort",passwordChanged:"Passwort geändert. Andere Sitzungen wurden abgemeldet.",sessions:"Sitzungen",unnamedDevice:"Gerät ohne Namen",thisDevice:"Dieses Gerät",lastUsed:e=>`zuletzt verwendet: ${e}`,neverUsed:"nie verwendet",tokens:"API-Tokens",tokenName:"Name des Tokens",botUsernameOptional:"Benutzername des Bots (optional)",botUsernameHint:"Erstellt einen Bot, dem der Token gehört",createToken:"Token erstellen",secretOnce:"Kopiere den Token jetzt. Er wird nicht noch einmal angezeigt.",revoke:"Widerrufen",revokeTitle:"Token widerrufen?",revokeText:e=>`Programme, die ${e} verwenden, werden getrennt.`,bots:{title:"Bots",deleteTitle:"Diesen Bot löschen?",deleteText:e=>`${e} und die zugehörigen Tokens werden gelöscht. Die Nachrichten bleiben ohne Namen erhalten.`},archivedChats:"Archivierte Chats",noArchivedChats:"Du hast keine archivierten Chats.",moderation:{title:"Moderation",stats:{connections:"Verbindungen",users:"Benutzer",chats:"Chats",messages:"Nachrichten"},users:"Benutzer",findUser:"Benutzer suchen",log:"Protokoll",ban:"Sperren",unban:"Sperre aufheben",banTitle:"Benutzer sperren?",banText:e=>`${e} wird getrennt und kann sich nicht anmelden, bis die Sperre aufgehoben ist.`,banned:e=>`${e} wurde gesperrt.`,unbanned:e=>`Die Sperre von ${e} wurde aufgehoben.`,disconnect:"Trennen",disconnected:e=>`${e} wurde getrennt.`},account:"Konto",downloadMyData:"Meine Daten herunterladen",deleteAccount:"Konto löschen",deleteAccountText:"Dein Konto wird endgültig gelöscht. Deine Nachrichten bleiben ohne deinen Namen erhalten.",accountDeleted:"Dein Konto wurde gelöscht.",protocolReference:"Protokollreferenz",logOut:"Abmelden",logOutEverywhere:"Überall abmelden",keyboardShortcuts:"Tastenkürzel",shortcuts:[["Strg K","Zu einem Chat wechseln"],["Alt ↑","Vorheriger Chat"],["Alt ↓","Nächster Chat"],["↑","Letzte eigene Nachricht bearbeiten (bei leerem Eingabefeld)"],["Umschalt Enter","Neue Zeile"],["Esc","Abbrechen, schließen oder zurück zum Eingabefeld"],["Strg /","Diese Hilfe zeigen"]]};var lc="pichat.session",Pn="pichat.outbox.",Yi="pichat.draft.",Yo="pichat.theme",Zo="pichat.density",Jo="pichat.language",Qo="pichat.notifications",Xo="pichat.sound",Zi="pichat.notify.",ta="pichat.contrast",ea="pichat.emoji";function Dt(e){try{return JSON.parse(localStorage.getItem(e)??"null")??void 0}catch{return}}function Ct(e,t){try{t===void 0?localStorage.removeItem(e):localStorage.setItem(e,JSON.stringify(t))}catch{}}var Ln=e=>Object.keys(localStorage).filter(t=>t.startsWith(e)),cc={getItem:e=>Ki(()=>localStorage.getItem(e))??null,setItem:(e,t)=>Ki(()=>localStorage.setItem(e,t)),removeItem:e=>Ki(()=>localStorage.removeItem(e))};function Ki(e){try{return e()}catch{return}}var he=Vi(lc,{storage:cc}),na={load:()=>Ln(Pn).flatMap(e=>Dt(e)??[]).sort((e,t)=>e.createdAt.localeCompare(t.createdAt)),put:e=>Ct(Pn+e.id,e),remove:e=>Ct(Pn+e,void 0)},Jt={get:e=>Dt(Yi+e)??"",set:(e,t)=>Ct(Yi+e,t||void 0)};function ia(){he.save(void 0);for(let e of[...Ln(Pn),...Ln(Yi),...Ln(Zi)])Ct(e,void 0)}var uc=["system","light","dark"],ra=e=>uc.includes(String(e)),_t={get:()=>Dt(Yo)??"system",set(e){Ct(Yo,e),_t.apply()},apply(){document.documentElement.dataset.theme=_t.get()}},ue={get:()=>Dt(Zo)??"comfortable",set(e){Ct(Zo,e),ue.apply()},apply(){document.documentElement.dataset.density=ue.get()}},Ke={get:()=>Dt(Jo),set:e=>Ct(Jo,e)},Qt={enabled:()=>Dt(Qo)??!1,enable:e=>Ct(Qo,e||void 0),sound:()=>Dt(Xo)??!1,setSound:e=>Ct(Xo,e||void 0)},Ye={get:e=>Dt(Zi+e),set:(e,t)=>Ct(Zi+e,t)},de={high:()=>Dt(ta)??!1,set(e){Ct(ta,e||void 0),de.apply()},apply(){document.documentElement.dataset.contrast=de.high()?"more":"normal"}},dc=24,Xt={get:()=>Dt(ea)??[],add:e=>Ct(ea,[e,...Xt.get().filter(t=>t!==e)].slice(0,dc))};var Ji={en:{strings:Go,direction:"ltr"},de:{strings:Ko,direction:"ltr"},ar:{strings:qo,direction:"rtl"}},hc=e=>e!==void 0&&e in Ji,mc=e=>e.split("-")[0];function pc(){return[Ke.get(),...navigator.languages.map(mc)].find(hc)??"en"}var Rn=pc(),l=Ji[Rn].strings,Mt=Nt(Rn);function oa(){document.documentElement.lang=Rn,document.documentElement.dir=Ji[Rn].direction}var fc={};function Qi(e,t){let n=t||fc,i=typeof n.includeImageAlt=="boolean"?n.includeImageAlt:!0,r=typeof n.includeHtml=="boolean"?n.includeHtml:!0;return sa(e,i,r)}function sa(e,t,n){if(gc(e)){if("value"in e)return e.type==="html"&&!n?"":e.value;if(t&&"alt"in e&&e.alt)return e.alt;if("children"in e)return aa(e.children,t,n)}return Array.isArray(e)?aa(e,t,n):""}function aa(e,t,n){let i=[],r=-1;for(;++r<e.length;)i[r]=sa(e[r],t,n);return i.join("")}function gc(e){return!!(e&&typeof e=="object")}var la=document.createElement("i");function Ce(e){let t="&"+e+";";la.innerHTML=t;let n=la.textContent;return n.charCodeAt(n.length-1)===59&&e!=="semi"||n===t?!1:n}function ct(e,t,n,i){let r=e.length,o=0,a;if(t<0?t=-t>r?0:r+t:t=t>r?r:t,n=n>0?n:0,i.length<1e4)a=Array.from(i),a.unshift(t,n),e.splice(...a);else for(n&&e.splice(t,n);o<i.length;)a=i.slice(o,o+1e4),a.unshift(t,0),e.splice(...a),o+=1e4,t+=1e4}function gt(e,t){return e.length>0?(ct(e,e.length,0,t),e):t}var ca={}.hasOwnProperty;function ua(e){let t={},n=-1;for(;++n<e.length;)bc(t,e[n]);return t}function bc(e,t){let n;for(n in t){let r=(ca.call(e,n)?e[n]:void 0)||(e[n]={}),o=t[n],a;if(o)for(a in o){ca.call(r,a)||(r[a]=[]);let s=o[a];yc(r[a],Array.isArray(s)?s:s?[s]:[])}}}function yc(e,t){let n=-1,i=[];for(;++n<t.length;)(t[n].add==="after"?e:i).push(t[n]);ct(e,0,0,i)}function On(e,t){let n=Number.parseInt(e,t);return n<9||n===11||n>13&&n<32||n>126&&n<160||n>55295&&n<57344||n>64975&&n<65008||(n&65535)===65535||(n&65535)===65534||n>1114111?"�":String.fromCodePoint(n)}function $t(e){return e.replace(/[\t\n\r ]+/g," ").replace(/^ | $/g,"").toLowerCase().toUpperCase()}var at=ee(/[A-Za-z]/),st=ee(/[\dA-Za-z]/),da=ee(/[#-'*+\--9=?A-Z^-~]/);function me(e){return e!==null&&(e<32||e===127)}var Ze=ee(/\d/),ha=ee(/[\dA-Fa-f]/),ma=ee(/[!-/:-@[-`{-~]/);function M(e){return e!==null&&e<-2}function W(e){return e!==null&&(e<0||e===32)}function L(e){return e===-2||e===-1||e===32}var te=ee(/\p{P}|\p{S}/u),Ft=ee(/\s/);function ee(e){return t;function t(n){return n!==null&&n>-1&&e.test(String.fromCharCode(n))}}function _(e,t,n,i){let r=i?i-1:1/0,o=0;return a;function a(u){return L(u)?(e.enter(n),s(u)):t(u)}function s(u){return L(u)&&o++<r?(e.consume(u),s):(e.exit(n),t(u))}}function Xi(e,t,n,i,r,o){let a=0;return s;function s(d){return o>0&&L(d)?(e.enter(i),u(d)):h(d)}function u(d){return L(d)&&a<o?(e.consume(d),a++,u):(e.exit(i),h(d))}function h(d){return a>=r?t(d):n(d)}}var pa={tokenize:wc};function wc(e){let t=e.attempt(this.parser.constructs.contentInitial,i,r),n;return t;function i(s){if(s===null){e.consume(s);return}return e.enter("lineEnding"),e.consume(s),e.exit("lineEnding"),_(e,t,"linePrefix")}function r(s){return e.enter("paragraph"),o(s)}function o(s){let u=e.enter("chunkText",{contentType:"text",previous:n});return n&&(n.next=u),n=u,a(s)}function a(s){if(s===null){e.exit("chunkText"),e.exit("paragraph"),e.consume(s);return}return M(s)?(e.consume(s),e.exit("chunkText"),o):(e.consume(s),a)}}var Gt=class{constructor(){this.index=new Map,this.map=[]}add(t,n,i){fa(this,t,n,i,!1)}addBefore(t,n,i){fa(this,t,n,i,!0)}consume(t){if(this.map.sort(function(o,a){return o[0]-a[0]}),this.map.length===0)return;let n=this.map.length,i=[];for(;n>0;)n-=1,i.push(t.slice(this.map[n][0]+this.map[n][1]),this.map[n][2]),t.length=this.map[n][0];i.push(t.slice()),t.length=0;let r=i.pop();for(;r;){for(let o of r)t.push(o);r=i.pop()}this.map.length=0,this.index.clear()}};function fa(e,t,n,i,r){if(n===0&&i.length===0)return;let o=e.index.get(t);if(o){o[1]+=n,r?(i.push(...o[2]),o[2]=i):o[2].push(...i);return}let a=[t,n,i];e.map.push(a),e.index.set(t,a)}var ba={tokenize:kc},ga={tokenize:vc};function kc(e){let t=this,n=[],i=0,r,o,a;return s;function s(T){if(i<n.length){let O=n[i];return t.containerState=O[1],e.attempt(O[0].continuation,u,h)(T)}return h(T)}function u(T){if(i++,t.containerState._closeFlow){t.containerState._closeFlow=void 0,r&&D();let O=t.events.length,j=O,k;for(;j--;)if(t.events[j][0]==="exit"&&t.events[j][1].type==="chunkFlow"){k=t.events[j][1].end;break}v(i);let P=O;for(;P<t.events.length;)t.events[P][1].end={...k},P++;let q=new Gt;return q.add(j+1,0,t.events.slice(O)),q.add(O,P-O,[]),q.consume(t.events),h(T)}return s(T)}function h(T){if(i===n.length){if(!r)return p(T);if(r.currentConstruct&&r.currentConstruct.concrete)return x(T);t.interrupt=!!(r.currentConstruct&&!r._gfmTableDynamicInterruptHack)}return t.containerState={},e.check(ga,d,m)(T)}function d(T){return r&&D(),v(i),p(T)}function m(T){return t.parser.lazy[t.now().line]=i!==n.length,a=t.now().offset,x(T)}function p(T){return t.containerState={},e.attempt(ga,f,x)(T)}function f(T){return i++,n.push([t.currentConstruct,t.containerState]),p(T)}function x(T){if(T===null){r&&D(),v(0),e.consume(T);return}return r=r||t.parser.flow(t.now()),e.enter("chunkFlow",{_tokenizer:r,contentType:"flow",previous:o}),C(T)}function C(T){if(T===null){E(e.exit("chunkFlow"),!0),v(0),e.consume(T);return}return M(T)?(e.consume(T),E(e.exit("chunkFlow")),i=0,t.interrupt=void 0,s):(e.consume(T),C)}function E(T,O){let j=t.sliceStream(T);if(O&&j.push(null),T.previous=o,o&&(o.next=T),o=T,r.defineSkip(T.start),r.write(j),t.parser.lazy[T.start.line]){let k=r.events.length;for(;k--;)if(r.events[k][1].start.offset<a&&(!r.events[k][1].end||r.events[k][1].end.offset>a))return;let P=t.events.length,q=P,J,y;for(;q--;)if(t.events[q][0]==="exit"&&t.events[q][1].type==="chunkFlow"){if(J){y=t.events[q][1].end;break}J=!0}for(v(i),k=P;k<t.events.length;)t.events[k][1].end={...y},k++;let K=new Gt;K.add(q+1,0,t.events.slice(P)),K.add(P,k-P,[]),K.consume(t.events)}}function v(T){let O=n.length;for(;O-- >T;){let j=n[O];t.containerState=j[1],j[0].exit.call(t,e)}n.length=T}function D(){r.write([null]),o=void 0,r=void 0,t.containerState._closeFlow=void 0}}function vc(e,t,n){return _(e,e.attempt(this.parser.constructs.document,t,n),"linePrefix",this.parser.constructs.disable.null.includes("codeIndented")?void 0:4)}function Me(e){if(e===null||W(e)||Ft(e))return 1;if(te(e))return 2}function ne(e,t,n){let i=[],r=-1;for(;++r<e.length;){let o=e[r].resolveAll;o&&!i.includes(o)&&(t=o(t,n),i.push(o))}return t}var Je={name:"attention",resolveAll:xc,tokenize:Ec};function xc(e,t){let n=-1,i;for(;++n<e.length;)if(e[n][0]==="enter"&&e[n][1].type==="attentionSequence"&&e[n][1]._close){let r=n;for(;r--;)if(e[r][0]==="exit"&&e[r][1].type==="attentionSequence"&&e[r][1]._open&&t.sliceSerialize(e[r][1]).charCodeAt(0)===t.sliceSerialize(e[n][1]).charCodeAt(0)){if((e[r][1]._close||e[n][1]._open)&&(e[n][1].end.offset-e[n][1].start.offset)%3&&!((e[r][1].end.offset-e[r][1].start.offset+e[n][1].end.offset-e[n][1].start.offset)%3))continue;let o=e[r][1].end.offset-e[r][1].start.offset>1&&e[n][1].end.offset-e[n][1].start.offset>1?2:1,a={...e[r][1].end},s={...e[n][1].start};ya(a,-o),ya(s,o);let u={type:o>1?"strongSequence":"emphasisSequence",start:a,end:{...e[r][1].end}},h={type:o>1?"strongSequence":"emphasisSequence",start:{...e[n][1].start},end:s},d={type:o>1?"strongText":"emphasisText",start:{...e[r][1].end},end:{...e[n][1].start}},m={type:o>1?"strong":"emphasis",start:{...u.start},end:{...h.end}};e[r][1].end={...u.start},e[n][1].start={...h.end},i=[],e[r][1].end.offset-e[r][1].start.offset&&(i=gt(i,[["enter",e[r][1],t],["exit",e[r][1],t]])),i=gt(i,[["enter",m,t],["enter",u,t],["exit",u,t],["enter",d,t]]),i=gt(i,ne(t.parser.constructs.insideSpan.null,e.slice(r+1,n),t)),i=gt(i,[["exit",d,t],["enter",h,t],["exit",h,t],["exit",m,t]]);let p=0;e[n][1].end.offset-e[n][1].start.offset&&(p=2,i=gt(i,[["enter",e[n][1],t],["exit",e[n][1],t]])),ct(e,r-1,n-r+3,i),n=r+i.length-p-2;break}}for(n=-1;++n<e.length;)e[n][1].type==="attentionSequence"&&(e[n][1].type="data");return e}function Ec(e,t){let n=this.parser.constructs.attentionMarkers.null,i=this.previous,r=Me(i),o;return a;function a(u){return o=u,e.enter("attentionSequence"),s(u)}function s(u){if(u===o)return e.consume(u),s;let h=e.exit("attentionSequence"),d=Me(u),m=!d||d===2&&r||n.includes(u)&&u!==42&&u!==95,p=!r||r===2&&d||n.includes(i)&&i!==42&&i!==95;return h._open=!!(o===42?m:m&&(r||!p)),h._close=!!(o===42?p:p&&(d||!m)),t(u)}}function ya(e,t){e.column+=t,e.offset+=t,e._bufferIndex+=t}var tr={name:"autolink",tokenize:Sc};function Sc(e,t,n){let i=0;return r;function r(f){return e.enter("autolink"),e.enter("autolinkMarker"),e.consume(f),e.exit("autolinkMarker"),e.enter("autolinkProtocol"),o}function o(f){return at(f)?(e.consume(f),a):f===64?n(f):h(f)}function a(f){return f===43||f===45||f===46||st(f)?(i=1,s(f)):h(f)}function s(f){return f===58?(e.consume(f),i=0,u):(f===43||f===45||f===46||st(f))&&i++<32?(e.consume(f),s):(i=0,h(f))}function u(f){return f===62?(e.exit("autolinkProtocol"),e.enter("autolinkMarker"),e.consume(f),e.exit("autolinkMarker"),e.exit("autolink"),t):f===null||f===32||f===60||me(f)?n(f):(e.consume(f),u)}function h(f){return f===64?(e.consume(f),d):da(f)?(e.consume(f),h):n(f)}function d(f){return st(f)?m(f):n(f)}function m(f){return f===46?(e.consume(f),i=0,d):f===62?(e.exit("autolinkProtocol").type="autolinkEmail",e.enter("autolinkMarker"),e.consume(f),e.exit("autolinkMarker"),e.exit("autolink"),t):p(f)}function p(f){if((f===45||st(f))&&i++<63){let x=f===45?p:m;return e.consume(f),x}return n(f)}}var ie={partial:!0,tokenize:Tc};function Tc(e,t,n){return i;function i(o){return L(o)?_(e,r,"linePrefix")(o):r(o)}function r(o){return o===null||M(o)?t(o):n(o)}}var Dn={continuation:{tokenize:Mc},exit:Ac,name:"blockQuote",tokenize:Cc};function Cc(e,t,n){let i=this;return r;function r(a){if(a===62){let s=i.containerState;return s.open||(e.enter("blockQuote",{_container:!0}),s.open=!0),e.enter("blockQuotePrefix"),e.enter("blockQuoteMarker"),e.consume(a),e.exit("blockQuoteMarker"),o}return n(a)}function o(a){return L(a)?(e.enter("blockQuotePrefixWhitespace"),e.consume(a),e.exit("blockQuotePrefixWhitespace"),e.exit("blockQuotePrefix"),t):(e.exit("blockQuotePrefix"),t(a))}}function Mc(e,t,n){let i=this;return r;function r(a){return L(a)?_(e,o,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(a):o(a)}function o(a){return e.attempt(Dn,t,n)(a)}}function Ac(e){e.exit("blockQuote")}var _n={name:"characterEscape",tokenize:Ic};function Ic(e,t,n){return i;function i(o){return e.enter("characterEscape"),e.enter("escapeMarker"),e.consume(o),e.exit("escapeMarker"),r}function r(o){return ma(o)?(e.enter("characterEscapeValue"),e.consume(o),e.exit("characterEscapeValue"),e.exit("characterEscape"),t):n(o)}}var Fn={name:"characterReference",tokenize:Nc};function Nc(e,t,n){let i=this,r=0,o,a;return s;function s(m){return e.enter("characterReference"),e.enter("characterReferenceMarker"),e.consume(m),e.exit("characterReferenceMarker"),u}function u(m){return m===35?(e.enter("characterReferenceMarkerNumeric"),e.consume(m),e.exit("characterReferenceMarkerNumeric"),h):(e.enter("characterReferenceValue"),o=31,a=st,d(m))}function h(m){return m===88||m===120?(e.enter("characterReferenceMarkerHexadecimal"),e.consume(m),e.exit("characterReferenceMarkerHexadecimal"),e.enter("characterReferenceValue"),o=6,a=ha,d):(e.enter("characterReferenceValue"),o=7,a=Ze,d(m))}function d(m){if(m===59&&r){let p=e.exit("characterReferenceValue");return a===st&&!Ce(i.sliceSerialize(p))?n(m):(e.enter("characterReferenceMarker"),e.consume(m),e.exit("characterReferenceMarker"),e.exit("characterReference"),t)}return a(m)&&r++<o?(e.consume(m),d):n(m)}}var Qe={partial:!0,tokenize:Pc};function Pc(e,t,n){let i=this;return r;function r(a){return a===null?n(a):(e.enter("lineEnding"),e.consume(a),e.exit("lineEnding"),o)}function o(a){return i.parser.lazy[i.now().line]?n(a):t(a)}}var zn={concrete:!0,name:"codeFenced",tokenize:Lc};function Lc(e,t,n){let i=this,r={partial:!0,tokenize:j},o=0,a=0,s;return u;function u(k){return h(k)}function h(k){let P=i.events[i.events.length-1];return o=P&&P[1].type==="linePrefix"?P[2].sliceSerialize(P[1],!0).length:0,s=k,e.enter("codeFenced"),e.enter("codeFencedFence"),e.enter("codeFencedFenceSequence"),d(k)}function d(k){return k===s?(a++,e.consume(k),d):a<3?n(k):(e.exit("codeFencedFenceSequence"),L(k)?_(e,m,"whitespace")(k):m(k))}function m(k){return k===null||M(k)?(e.exit("codeFencedFence"),i.interrupt?t(k):e.check(Qe,C,O)(k)):(e.enter("codeFencedFenceInfo"),e.enter("chunkString",{contentType:"string"}),p(k))}function p(k){return k===null||M(k)?(e.exit("chunkString"),e.exit("codeFencedFenceInfo"),m(k)):L(k)?(e.exit("chunkString"),e.exit("codeFencedFenceInfo"),_(e,f,"whitespace")(k)):k===96&&k===s?n(k):(e.consume(k),p)}function f(k){return k===null||M(k)?m(k):(e.enter("codeFencedFenceMeta"),e.enter("chunkString",{contentType:"string"}),x(k))}function x(k){return k===null||M(k)?(e.exit("chunkString"),e.exit("codeFencedFenceMeta"),m(k)):k===96&&k===s?n(k):(e.consume(k),x)}function C(k){return e.attempt(r,O,E)(k)}function E(k){return e.enter("lineEnding"),e.consume(k),e.exit("lineEnding"),v}function v(k){return o>0&&L(k)?_(e,D,"linePrefix",o+1)(k):D(k)}function D(k){return k===null||M(k)?e.check(Qe,C,O)(k):(e.enter("codeFlowValue"),T(k))}function T(k){return k===null||M(k)?(e.exit("codeFlowValue"),D(k)):(e.consume(k),T)}function O(k){return e.exit("codeFenced"),t(k)}function j(k,P,q){let J=0;return y;function y(B){return k.enter("lineEnding"),k.consume(B),k.exit("lineEnding"),K}function K(B){return k.enter("codeFencedFence"),L(B)?_(k,Z,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(B):Z(B)}function Z(B){return B===s?(k.enter("codeFencedFenceSequence"),I(B)):q(B)}function I(B){return B===s?(J++,k.consume(B),I):J>=a?(k.exit("codeFencedFenceSequence"),L(B)?_(k,U,"whitespace")(B):U(B)):q(B)}function U(B){return B===null||M(B)?(k.exit("codeFencedFence"),P(B)):q(B)}}}var Xe={name:"codeIndented",tokenize:Oc},Rc={partial:!0,tokenize:Dc};function Oc(e,t,n){return i;function i(s){return e.enter("codeIndented"),Xi(e,r,n,"linePrefix",4,4)(s)}function r(s){return s===null?a(s):M(s)?e.attempt(Rc,r,a)(s):(e.enter("codeFlowValue"),o(s))}function o(s){return s===null||M(s)?(e.exit("codeFlowValue"),r(s)):(e.consume(s),o)}function a(s){return e.exit("codeIndented"),t(s)}}function Dc(e,t,n){let i=this;return r;function r(a){return i.parser.lazy[i.now().line]?n(a):M(a)?(e.enter("lineEnding"),e.consume(a),e.exit("lineEnding"),r):Xi(e,t,o,"linePrefix",4,4)(a)}function o(a){return M(a)?r(a):n(a)}}var er={name:"codeText",previous:Fc,resolve:_c,tokenize:zc};function _c(e){let t=e.length-4,n=3,i,r;if((e[n][1].type==="lineEnding"||e[n][1].type==="space")&&(e[t][1].type==="lineEnding"||e[t][1].type==="space")){for(i=n;++i<t;)if(e[i][1].type==="codeTextData"){e[n][1].type="codeTextPadding",e[t][1].type="codeTextPadding",n+=2,t-=2;break}}for(i=n-1,t++;++i<=t;)r===void 0?i!==t&&e[i][1].type!=="lineEnding"&&(r=i):(i===t||e[i][1].type==="lineEnding")&&(e[r][1].type="codeTextData",i!==r+2&&(e[r][1].end=e[i-1][1].end,e.splice(r+2,i-r-2),t-=i-r-2,i=r+2),r=void 0);return e}function Fc(e){return e!==96||this.events[this.events.length-1][1].type==="characterEscape"}function zc(e,t,n){let i=this,r=0,o,a;return s;function s(p){return e.enter("codeText"),e.enter("codeTextSequence"),u(p)}function u(p){return p===96?(e.consume(p),r++,u):(e.exit("codeTextSequence"),h(p))}function h(p){return p===null?n(p):p===32?(e.enter("space"),e.consume(p),e.exit("space"),h):p===96?(a=e.enter("codeTextSequence"),o=0,m(p)):M(p)?(e.enter("lineEnding"),e.consume(p),e.exit("lineEnding"),h):(e.enter("codeTextData"),d(p))}function d(p){return p===null||p===32||p===96||M(p)?(e.exit("codeTextData"),h(p)):(e.consume(p),d)}function m(p){return p===96?(e.consume(p),o++,m):o===r?(e.exit("codeTextSequence"),e.exit("codeText"),t(p)):(a.type="codeTextData",d(p))}}var Hn=class{constructor(t){this.left=t?[...t]:[],this.right=[]}get(t){if(t<0||t>=this.left.length+this.right.length)throw new RangeError("Cannot access index `"+t+"` in a splice buffer of size `"+(this.left.length+this.right.length)+"`");return t<this.left.length?this.left[t]:this.right[this.right.length-t+this.left.length-1]}get length(){return this.left.length+this.right.length}shift(){return this.setCursor(0),this.right.pop()}slice(t,n){let i=n??Number.POSITIVE_INFINITY;return i<this.left.length?this.left.slice(t,i):t>this.left.length?this.right.slice(this.right.length-i+this.left.length,this.right.length-t+this.left.length).reverse():this.left.slice(t).concat(this.right.slice(this.right.length-i+this.left.length).reverse())}splice(t,n,i){let r=n||0;this.setCursor(Math.trunc(t));let o=this.right.splice(this.right.length-r,Number.POSITIVE_INFINITY);return i&&tn(this.left,i),o.reverse()}pop(){return this.setCursor(Number.POSITIVE_INFINITY),this.left.pop()}push(t){this.setCursor(Number.POSITIVE_INFINITY),this.left.push(t)}pushMany(t){this.setCursor(Number.POSITIVE_INFINITY),tn(this.left,t)}unshift(t){this.setCursor(0),this.right.push(t)}unshiftMany(t){this.setCursor(0),tn(this.right,t.reverse())}setCursor(t){if(!(t===this.left.length||t>this.left.length&&this.right.length===0||t<0&&this.left.length===0))if(t<this.left.length){let n=this.left.splice(t,Number.POSITIVE_INFINITY);tn(this.right,n.reverse())}else{let n=this.right.splice(this.left.length+this.right.length-t,Number.POSITIVE_INFINITY);tn(this.left,n.reverse())}}};function tn(e,t){let n=0;if(t.length<1e4)e.push(...t);else for(;n<t.length;)e.push(...t.slice(n,n+1e4)),n+=1e4}function jn(e){let t={},n=-1,i,r,o,a,s,u,h,d=new Hn(e);for(;++n<d.length;){for(;n in t;)n=t[n];if(i=d.get(n),n&&i[1].type==="chunkFlow"&&d.get(n-1)[1].type==="listItemPrefix"&&(u=i[1]._tokenizer.events,o=0,o<u.length&&u[o][1].type==="lineEndingBlank"&&(o+=2),o<u.length&&u[o][1].type==="content"))for(;++o<u.length&&u[o][1].type!=="content";)u[o][1].type==="chunkText"&&(u[o][1]._isInFirstContentOfListItem=!0,o++);if(i[0]==="enter")i[1].contentType&&(Object.assign(t,Hc(d,n)),n=t[n],h=!0);else if(i[1]._container){for(o=n,r=void 0;o--;)if(a=d.get(o),a[1].type==="lineEnding"||a[1].type==="lineEndingBlank")a[0]==="enter"&&(r&&(d.get(r)[1].type="lineEndingBlank"),a[1].type="lineEnding",r=o);else if(!(a[1].type==="linePrefix"||a[1].type==="listItemIndent"))break;r&&(i[1].end={...d.get(r)[1].start},s=d.slice(r,n),s.unshift(i),d.splice(r,n-r+1,s))}}return ct(e,0,Number.POSITIVE_INFINITY,d.slice(0)),!h}function Hc(e,t){let n=e.get(t)[1],i=e.get(t)[2],r=t-1,o=[],a=n._tokenizer;a||(a=i.parser[n.contentType](n.start),n._contentTypeTextTrailing&&(a._contentTypeTextTrailing=!0));let s=a.events,u=[],h={},d,m,p=-1,f=n,x=0,C=0,E=[C];for(;f;){for(;e.get(++r)[1]!==f;);o.push(r),f._tokenizer||(d=i.sliceStream(f),f.next||d.push(null),m&&a.defineSkip(f.start),f._isInFirstContentOfListItem&&(a._gfmTasklistFirstContentOfListItem=!0),a.write(d),f._isInFirstContentOfListItem&&(a._gfmTasklistFirstContentOfListItem=void 0)),m=f,f=f.next}for(f=n;++p<s.length;)s[p][0]==="exit"&&s[p-1][0]==="enter"&&s[p][1].type===s[p-1][1].type&&s[p][1].start.line!==s[p][1].end.line&&(C=p+1,E.push(C),f._tokenizer=void 0,f.previous=void 0,f=f.next);for(a.events=[],f?(f._tokenizer=void 0,f.previous=void 0):E.pop(),p=E.length;p--;){let v=s.slice(E[p],E[p+1]),D=o.pop();u.push([D,D+v.length-1]),e.splice(D,2,v)}for(u.reverse(),p=-1;++p<u.length;)h[x+u[p][0]]=x+u[p][1],x+=u[p][1]-u[p][0]-1;return h}var nr={resolve:Bc,tokenize:Uc},jc={partial:!0,tokenize:qc};function Bc(e){return jn(e),e}function Uc(e,t){let n;return i;function i(s){return e.enter("content"),n=e.enter("chunkContent",{contentType:"content"}),r(s)}function r(s){return s===null?o(s):M(s)?e.check(jc,a,o)(s):(e.consume(s),r)}function o(s){return e.exit("chunkContent"),e.exit("content"),t(s)}function a(s){return e.consume(s),e.exit("chunkContent"),n.next=e.enter("chunkContent",{contentType:"content",previous:n}),n=n.next,r}}function qc(e,t,n){let i=this;return r;function r(a){return e.exit("chunkContent"),e.enter("lineEnding"),e.consume(a),e.exit("lineEnding"),_(e,o,"linePrefix")}function o(a){if(a===null||M(a))return n(a);let s=i.events[i.events.length-1];return!i.parser.constructs.disable.null.includes("codeIndented")&&s&&s[1].type==="linePrefix"&&s[2].sliceSerialize(s[1],!0).length>=4?t(a):e.interrupt(i.parser.constructs.flow,n,t)(a)}}function Bn(e,t,n,i,r,o,a,s,u){let h=u||Number.POSITIVE_INFINITY,d=0;return m;function m(v){return v===60?(e.enter(i),e.enter(r),e.enter(o),e.consume(v),e.exit(o),p):v===null||v===32||v===41||me(v)?n(v):(e.enter(i),e.enter(a),e.enter(s),e.enter("chunkString",{contentType:"string"}),C(v))}function p(v){return v===62?(e.enter(o),e.consume(v),e.exit(o),e.exit(r),e.exit(i),t):(e.enter(s),e.enter("chunkString",{contentType:"string"}),f(v))}function f(v){return v===62?(e.exit("chunkString"),e.exit(s),p(v)):v===null||v===60||M(v)?n(v):(e.consume(v),v===92?x:f)}function x(v){return v===60||v===62||v===92?(e.consume(v),f):f(v)}function C(v){return!d&&(v===null||v===41||W(v))?(e.exit("chunkString"),e.exit(s),e.exit(a),e.exit(i),t(v)):d<h&&v===40?(e.consume(v),d++,C):v===41?(e.consume(v),d--,C):v===null||v===32||v===40||me(v)?n(v):(e.consume(v),v===92?E:C)}function E(v){return v===40||v===41||v===92?(e.consume(v),C):C(v)}}function Un(e,t,n,i,r,o){let a=this,s=0,u;return h;function h(f){return e.enter(i),e.enter(r),e.consume(f),e.exit(r),e.enter(o),d}function d(f){return s>999||f===null||f===91||f===93&&!u||f===94&&!s&&"_hiddenFootnoteSupport"in a.parser.constructs?n(f):f===93?(e.exit(o),e.enter(r),e.consume(f),e.exit(r),e.exit(i),t):M(f)?(e.enter("lineEnding"),e.consume(f),e.exit("lineEnding"),d):(e.enter("chunkString",{contentType:"string"}),m(f))}function m(f){return f===null||f===91||f===93||M(f)||s++>999?(e.exit("chunkString"),d(f)):(e.consume(f),u||(u=!L(f)),f===92?p:m)}function p(f){return f===91||f===92||f===93?(e.consume(f),s++,m):m(f)}}function qn(e,t,n,i,r,o){let a;return s;function s(p){return p===34||p===39||p===40?(e.enter(i),e.enter(r),e.consume(p),e.exit(r),a=p===40?41:p,u):n(p)}function u(p){return p===a?(e.enter(r),e.consume(p),e.exit(r),e.exit(i),t):(e.enter(o),h(p))}function h(p){return p===a?(e.exit(o),u(a)):p===null?n(p):M(p)?(e.enter("lineEnding"),e.consume(p),e.exit("lineEnding"),_(e,h,"linePrefix")):(e.enter("chunkString",{contentType:"string"}),d(p))}function d(p){return p===a||p===null||M(p)?(e.exit("chunkString"),h(p)):(e.consume(p),p===92?m:d)}function m(p){return p===a||p===92?(e.consume(p),d):d(p)}}function pe(e,t){let n;return i;function i(r){return M(r)?(e.enter("lineEnding"),e.consume(r),e.exit("lineEnding"),n=!0,i):L(r)?_(e,i,n?"linePrefix":"lineSuffix")(r):t(r)}}var ir={name:"definition",tokenize:Gc},$c={partial:!0,tokenize:Wc};function Gc(e,t,n){let i=this,r;return o;function o(f){return e.enter("definition"),a(f)}function a(f){return Un.call(i,e,s,n,"definitionLabel","definitionLabelMarker","definitionLabelString")(f)}function s(f){return r=$t(i.sliceSerialize(i.events[i.events.length-1][1]).slice(1,-1)),f===58?(e.enter("definitionMarker"),e.consume(f),e.exit("definitionMarker"),u):n(f)}function u(f){return W(f)?pe(e,h)(f):h(f)}function h(f){return Bn(e,d,n,"definitionDestination","definitionDestinationLiteral","definitionDestinationLiteralMarker","definitionDestinationRaw","definitionDestinationString")(f)}function d(f){return e.attempt($c,m,m)(f)}function m(f){return L(f)?_(e,p,"whitespace")(f):p(f)}function p(f){return f===null||M(f)?(e.exit("definition"),i.parser.defined.push(r),t(f)):n(f)}}function Wc(e,t,n){return i;function i(s){return W(s)?pe(e,r)(s):n(s)}function r(s){return qn(e,o,n,"definitionTitle","definitionTitleMarker","definitionTitleString")(s)}function o(s){return L(s)?_(e,a,"whitespace")(s):a(s)}function a(s){return s===null||M(s)?t(s):n(s)}}var rr={name:"hardBreakEscape",tokenize:Vc};function Vc(e,t,n){return i;function i(o){return e.enter("hardBreakEscape"),e.consume(o),r}function r(o){return M(o)?(e.exit("hardBreakEscape"),t(o)):n(o)}}var or={name:"headingAtx",resolve:Kc,tokenize:Yc};function Kc(e,t){let n=e.length-2,i=3;if(e[i][1].type==="whitespace"&&(i+=2),n-2>i&&e[n][1].type==="whitespace"&&(n-=2),e[n][1].type==="atxHeadingSequence"&&(i===n-1||n-4>i&&e[n-2][1].type==="whitespace")&&(n-=i+1===n?2:4),n>i){let r={type:"atxHeadingText",start:e[i][1].start,end:e[n][1].end},o={type:"chunkText",start:e[i][1].start,end:e[n][1].end,contentType:"text"};ct(e,i,n-i+1,[["enter",r,t],["enter",o,t],["exit",o,t],["exit",r,t]])}return e}function Yc(e,t,n){let i=0;return r;function r(d){return e.enter("atxHeading"),o(d)}function o(d){return e.enter("atxHeadingSequence"),a(d)}function a(d){return d===35&&i++<6?(e.consume(d),a):d===null||W(d)?(e.exit("atxHeadingSequence"),s(d)):n(d)}function s(d){return d===35?(e.enter("atxHeadingSequence"),u(d)):d===null||M(d)?(e.exit("atxHeading"),t(d)):L(d)?_(e,s,"whitespace")(d):(e.enter("atxHeadingText"),h(d))}function u(d){return d===35?(e.consume(d),u):(e.exit("atxHeadingSequence"),s(d))}function h(d){return d===null||d===35||W(d)?(e.exit("atxHeadingText"),s(d)):(e.consume(d),h)}}var wa=["address","article","aside","base","basefont","blockquote","body","caption","center","col","colgroup","dd","details","dialog","dir","div","dl","dt","fieldset","figcaption","figure","footer","form","frame","frameset","h1","h2","h3","h4","h5","h6","head","header","hr","html","iframe","legend","li","link","main","menu","menuitem","nav","noframes","ol","optgroup","option","p","param","search","section","summary","table","tbody","td","tfoot","th","thead","title","tr","track","ul"],ar=["pre","script","style","textarea"];var sr={concrete:!0,name:"htmlFlow",resolveTo:Jc,tokenize:Qc},Zc={partial:!0,tokenize:Xc};function Jc(e){let t=e.length;for(;t--&&!(e[t][0]==="enter"&&e[t][1].type==="htmlFlow"););return t>1&&e[t-2][1].type==="linePrefix"&&(e[t][1].start=e[t-2][1].start,e[t+1][1].start=e[t-2][1].start,e.splice(t-2,2)),e}function Qc(e,t,n){let i=this,r,o,a,s,u;return h;function h(b){return d(b)}function d(b){return e.enter("htmlFlow"),e.enter("htmlFlowData"),e.consume(b),m}function m(b){return b===33?(e.consume(b),p):b===47?(e.consume(b),o=!0,C):b===63?(e.consume(b),r=3,i.interrupt?t:g):at(b)?(e.consume(b),a=String.fromCharCode(b),E):n(b)}function p(b){return b===45?(e.consume(b),r=2,f):b===91?(e.consume(b),r=5,s=0,x):at(b)?(e.consume(b),r=4,i.interrupt?t:g):n(b)}function f(b){return b===45?(e.consume(b),i.interrupt?t:g):n(b)}function x(b){let kt="CDATA[";return b===kt.charCodeAt(s++)?(e.consume(b),s===kt.length?i.interrupt?t:Z:x):n(b)}function C(b){return at(b)?(e.consume(b),a=String.fromCharCode(b),E):n(b)}function E(b){if(b===null||b===47||b===62||W(b)){let kt=b===47,ke=a.toLowerCase();return!kt&&!o&&ar.includes(ke)?(r=1,i.interrupt?t(b):Z(b)):wa.includes(a.toLowerCase())?(r=6,kt?(e.consume(b),v):i.interrupt?t(b):Z(b)):(r=7,i.interrupt&&!i.parser.lazy[i.now().line]?n(b):o?D(b):T(b))}return b===45||st(b)?(e.consume(b),a+=String.fromCharCode(b),E):n(b)}function v(b){return b===62?(e.consume(b),i.interrupt?t:Z):n(b)}function D(b){return L(b)?(e.consume(b),D):y(b)}function T(b){return b===47?(e.consume(b),y):b===58||b===95||at(b)?(e.consume(b),O):L(b)?(e.consume(b),T):y(b)}function O(b){return b===45||b===46||b===58||b===95||st(b)?(e.consume(b),O):j(b)}function j(b){return b===61?(e.consume(b),k):L(b)?(e.consume(b),j):T(b)}function k(b){return b===null||b===60||b===61||b===62||b===96?n(b):b===34||b===39?(e.consume(b),u=b,P):L(b)?(e.consume(b),k):q(b)}function P(b){return b===u?(e.consume(b),u=null,J):b===null||M(b)?n(b):(e.consume(b),P)}function q(b){return b===null||b===34||b===39||b===47||b===60||b===61||b===62||b===96||W(b)?j(b):(e.consume(b),q)}function J(b){return b===47||b===62||L(b)?T(b):n(b)}function y(b){return b===62?(e.consume(b),K):n(b)}function K(b){return b===null||M(b)?Z(b):L(b)?(e.consume(b),K):n(b)}function Z(b){return b===45&&r===2?(e.consume(b),nt):b===60&&r===1?(e.consume(b),ot):b===62&&r===4?(e.consume(b),Et):b===63&&r===3?(e.consume(b),g):b===93&&r===5?(e.consume(b),Pt):M(b)&&(r===6||r===7)?(e.exit("htmlFlowData"),e.check(Zc,Ht,I)(b)):b===null||M(b)?(e.exit("htmlFlowData"),I(b)):(e.consume(b),Z)}function I(b){return e.check(Qe,U,Ht)(b)}function U(b){return e.enter("lineEnding"),e.consume(b),e.exit("lineEnding"),B}function B(b){return b===null||M(b)?I(b):(e.enter("htmlFlowData"),Z(b))}function nt(b){return b===45?(e.consume(b),g):Z(b)}function ot(b){return b===47?(e.consume(b),a="",It):Z(b)}function It(b){if(b===62){let kt=a.toLowerCase();return ar.includes(kt)?(e.consume(b),Et):Z(b)}return at(b)&&a.length<8?(e.consume(b),a+=String.fromCharCode(b),It):Z(b)}function Pt(b){return b===93?(e.consume(b),g):Z(b)}function g(b){return b===62?(e.consume(b),Et):b===45&&r===2?(e.consume(b),g):Z(b)}function Et(b){return b===null||M(b)?(e.exit("htmlFlowData"),Ht(b)):(e.consume(b),Et)}function Ht(b){return e.exit("htmlFlow"),t(b)}}function Xc(e,t,n){return i;function i(r){return e.enter("lineEnding"),e.consume(r),e.exit("lineEnding"),e.attempt(ie,t,n)}}var lr={name:"htmlText",tokenize:tu};function tu(e,t,n){let i=this,r,o,a;return s;function s(g){return e.enter("htmlText"),e.enter("htmlTextData"),e.consume(g),u}function u(g){return g===33?(e.consume(g),h):g===47?(e.consume(g),j):g===63?(e.consume(g),T):at(g)?(e.consume(g),q):n(g)}function h(g){return g===45?(e.consume(g),d):g===91?(e.consume(g),o=0,x):at(g)?(e.consume(g),D):n(g)}function d(g){return g===45?(e.consume(g),f):n(g)}function m(g){return g===null?n(g):g===45?(e.consume(g),p):M(g)?(a=m,ot(g)):(e.consume(g),m)}function p(g){return g===45?(e.consume(g),f):m(g)}function f(g){return g===62?nt(g):g===45?p(g):m(g)}function x(g){let Et="CDATA[";return g===Et.charCodeAt(o++)?(e.consume(g),o===Et.length?C:x):n(g)}function C(g){return g===null?n(g):g===93?(e.consume(g),E):M(g)?(a=C,ot(g)):(e.consume(g),C)}function E(g){return g===93?(e.consume(g),v):C(g)}function v(g){return g===62?nt(g):g===93?(e.consume(g),v):C(g)}function D(g){return g===null||g===62?nt(g):M(g)?(a=D,ot(g)):(e.consume(g),D)}function T(g){return g===null?n(g):g===63?(e.consume(g),O):M(g)?(a=T,ot(g)):(e.consume(g),T)}function O(g){return g===62?nt(g):T(g)}function j(g){return at(g)?(e.consume(g),k):n(g)}function k(g){return g===45||st(g)?(e.consume(g),k):P(g)}function P(g){return M(g)?(a=P,ot(g)):L(g)?(e.consume(g),P):nt(g)}function q(g){return g===45||st(g)?(e.consume(g),q):g===47||g===62||W(g)?J(g):n(g)}function J(g){return g===47?(e.consume(g),nt):g===58||g===95||at(g)?(e.consume(g),y):M(g)?(a=J,ot(g)):L(g)?(e.consume(g),J):nt(g)}function y(g){return g===45||g===46||g===58||g===95||st(g)?(e.consume(g),y):K(g)}function K(g){return g===61?(e.consume(g),Z):M(g)?(a=K,ot(g)):L(g)?(e.consume(g),K):J(g)}function Z(g){return g===null||g===60||g===61||g===62||g===96?n(g):g===34||g===39?(e.consume(g),r=g,I):M(g)?(a=Z,ot(g)):L(g)?(e.consume(g),Z):(e.consume(g),U)}function I(g){return g===r?(e.consume(g),r=void 0,B):g===null?n(g):M(g)?(a=I,ot(g)):(e.consume(g),I)}function U(g){return g===null||g===34||g===39||g===60||g===61||g===96?n(g):g===47||g===62||W(g)?J(g):(e.consume(g),U)}function B(g){return g===47||g===62||W(g)?J(g):n(g)}function nt(g){return g===62?(e.consume(g),e.exit("htmlTextData"),e.exit("htmlText"),t):n(g)}function ot(g){return e.exit("htmlTextData"),e.enter("lineEnding"),e.consume(g),e.exit("lineEnding"),It}function It(g){return L(g)?_(e,Pt,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(g):Pt(g)}function Pt(g){return e.enter("htmlTextData"),a(g)}}var fe={name:"labelEnd",resolveAll:ru,resolveTo:ou,tokenize:au},eu={tokenize:su},nu={tokenize:lu},iu={tokenize:cu};function ru(e){let t=-1,n=[];for(;++t<e.length;){let i=e[t][1];if(n.push(e[t]),i.type==="labelImage"||i.type==="labelLink"||i.type==="labelEnd"){let r=i.type==="labelImage"?4:2;i.type="data",t+=r}}return e.length!==n.length&&ct(e,0,e.length,n),e}function ou(e,t){let n=e.length,i=0,r,o,a;for(;n--;){let d=e[n][1];if(r){if(d.type==="link"||d.type==="labelLink"&&d._inactive)break;e[n][0]==="enter"&&d.type==="labelLink"&&(d._inactive=!0)}else if(o){if(e[n][0]==="enter"&&(d.type==="labelImage"||d.type==="labelLink")&&!d._balanced&&(r=n,d.type!=="labelLink")){i=2;break}}else d.type==="labelEnd"&&(o=n)}let s={type:e[r][1].type==="labelLink"?"link":"image",start:{...e[r][1].start},end:{...e[e.length-1][1].end}},u={type:"label",start:{...e[r][1].start},end:{...e[o][1].end}},h={type:"labelText",start:{...e[r+i+2][1].end},end:{...e[o-2][1].start}};return a=[["enter",s,t],["enter",u,t]],a=gt(a,e.slice(r+1,r+i+3)),a=gt(a,[["enter",h,t]]),a=gt(a,ne(t.parser.constructs.insideSpan.null,e.slice(r+i+4,o-3),t)),a=gt(a,[["exit",h,t],e[o-2],e[o-1],["exit",u,t]]),a=gt(a,e.slice(o+1)),a=gt(a,[["exit",s,t]]),ct(e,r,e.length,a),e}function au(e,t,n){let i=this,r=i._labelStarts,o,a;if(r){for(;r.length>0&&r[r.length-1]._balanced;)r.pop();o=r[r.length-1]}return s;function s(p){return o?o._inactive?m(p):(a=i.parser.defined.includes($t(i.sliceSerialize({start:o.end,end:i.now()}))),e.enter("labelEnd"),e.enter("labelMarker"),e.consume(p),e.exit("labelMarker"),e.exit("labelEnd"),u):n(p)}function u(p){return p===40?e.attempt(eu,d,a?d:m)(p):p===91?e.attempt(nu,d,a?h:m)(p):a?d(p):m(p)}function h(p){return e.attempt(iu,d,m)(p)}function d(p){return r.pop(),t(p)}function m(p){return o._balanced=!0,n(p)}}function su(e,t,n){return i;function i(m){return e.enter("resource"),e.enter("resourceMarker"),e.consume(m),e.exit("resourceMarker"),r}function r(m){return W(m)?pe(e,o)(m):o(m)}function o(m){return m===41?d(m):Bn(e,a,s,"resourceDestination","resourceDestinationLiteral","resourceDestinationLiteralMarker","resourceDestinationRaw","resourceDestinationString",32)(m)}function a(m){return W(m)?pe(e,u)(m):d(m)}function s(m){return n(m)}function u(m){return m===34||m===39||m===40?qn(e,h,n,"resourceTitle","resourceTitleMarker","resourceTitleString")(m):d(m)}function h(m){return W(m)?pe(e,d)(m):d(m)}function d(m){return m===41?(e.enter("resourceMarker"),e.consume(m),e.exit("resourceMarker"),e.exit("resource"),t):n(m)}}function lu(e,t,n){let i=this;return r;function r(s){return Un.call(i,e,o,a,"reference","referenceMarker","referenceString")(s)}function o(s){return i.parser.defined.includes($t(i.sliceSerialize(i.events[i.events.length-1][1]).slice(1,-1)))?t(s):n(s)}function a(s){return n(s)}}function cu(e,t,n){return i;function i(o){return e.enter("reference"),e.enter("referenceMarker"),e.consume(o),e.exit("referenceMarker"),r}function r(o){return o===93?(e.enter("referenceMarker"),e.consume(o),e.exit("referenceMarker"),e.exit("reference"),t):n(o)}}var cr={name:"labelStartImage",resolveAll:fe.resolveAll,tokenize:uu};function uu(e,t,n){let i=this,r;return o;function o(u){return e.enter("labelImage"),e.enter("labelImageMarker"),e.consume(u),e.exit("labelImageMarker"),a}function a(u){return u===91?(e.enter("labelMarker"),e.consume(u),e.exit("labelMarker"),r=e.exit("labelImage"),s):n(u)}function s(u){return u===94&&"_hiddenFootnoteSupport"in i.parser.constructs?n(u):(i._labelStarts=i._labelStarts||[],i._labelStarts.push(r),t(u))}}var ur={name:"labelStartLink",resolveAll:fe.resolveAll,tokenize:du};function du(e,t,n){let i=this,r;return o;function o(s){return e.enter("labelLink"),e.enter("labelMarker"),e.consume(s),e.exit("labelMarker"),r=e.exit("labelLink"),a}function a(s){return s===94&&"_hiddenFootnoteSupport"in i.parser.constructs?n(s):(i._labelStarts=i._labelStarts||[],i._labelStarts.push(r),t(s))}}var en={name:"lineEnding",tokenize:hu};function hu(e,t){return n;function n(i){return e.enter("lineEnding"),e.consume(i),e.exit("lineEnding"),_(e,t,"linePrefix")}}var ge={name:"thematicBreak",tokenize:mu};function mu(e,t,n){let i=0,r;return o;function o(h){return e.enter("thematicBreak"),a(h)}function a(h){return r=h,s(h)}function s(h){return h===r?(e.enter("thematicBreakSequence"),u(h)):i>=3&&(h===null||M(h))?(e.exit("thematicBreak"),t(h)):n(h)}function u(h){return h===r?(e.consume(h),i++,u):(e.exit("thematicBreakSequence"),L(h)?_(e,s,"whitespace")(h):s(h))}}var ht={continuation:{tokenize:bu},exit:wu,name:"list",tokenize:gu},pu={partial:!0,tokenize:ku},fu={partial:!0,tokenize:yu};function gu(e,t,n){let i=this,r=i.events[i.events.length-1],o=r&&r[1].type==="linePrefix"?r[2].sliceSerialize(r[1],!0).length:0,a=0;return s;function s(f){let x=i.containerState.type||(f===42||f===43||f===45?"listUnordered":"listOrdered");if(x==="listUnordered"?!i.containerState.marker||f===i.containerState.marker:Ze(f)){if(i.containerState.type||(i.containerState.type=x,e.enter(x,{_container:!0})),x==="listUnordered")return e.enter("listItemPrefix"),f===42||f===45?e.check(ge,n,h)(f):h(f);if(!i.interrupt||f===49)return e.enter("listItemPrefix"),e.enter("listItemValue"),u(f)}return n(f)}function u(f){return Ze(f)&&++a<10?(e.consume(f),u):(!i.interrupt||a<2)&&(i.containerState.marker?f===i.containerState.marker:f===41||f===46)?(e.exit("listItemValue"),h(f)):n(f)}function h(f){return e.enter("listItemMarker"),e.consume(f),e.exit("listItemMarker"),i.containerState.marker=i.containerState.marker||f,e.check(ie,i.interrupt?n:d,e.attempt(pu,p,m))}function d(f){return i.containerState.initialBlankLine=!0,o++,p(f)}function m(f){return L(f)?(e.enter("listItemPrefixWhitespace"),e.consume(f),e.exit("listItemPrefixWhitespace"),p):n(f)}function p(f){return i.containerState.size=o+i.sliceSerialize(e.exit("listItemPrefix"),!0).length,t(f)}}function bu(e,t,n){let i=this;return i.containerState._closeFlow=void 0,e.check(ie,r,o);function r(s){return i.containerState.furtherBlankLines=i.containerState.furtherBlankLines||i.containerState.initialBlankLine,_(e,t,"listItemIndent",i.containerState.size+1)(s)}function o(s){return i.containerState.furtherBlankLines||!L(s)?(i.containerState.furtherBlankLines=void 0,i.containerState.initialBlankLine=void 0,a(s)):(i.containerState.furtherBlankLines=void 0,i.containerState.initialBlankLine=void 0,e.attempt(fu,t,a)(s))}function a(s){return i.containerState._closeFlow=!0,i.interrupt=void 0,_(e,e.attempt(ht,t,n),"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(s)}}function yu(e,t,n){let i=this;return _(e,r,"listItemIndent",i.containerState.size+1);function r(o){let a=i.events[i.events.length-1];return a&&a[1].type==="listItemIndent"&&a[2].sliceSerialize(a[1],!0).length===i.containerState.size?t(o):n(o)}}function wu(e){e.exit(this.containerState.type)}function ku(e,t,n){let i=this;return _(e,r,"listItemPrefixWhitespace",i.parser.constructs.disable.null.includes("codeIndented")?void 0:5);function r(o){let a=i.events[i.events.length-1];return!L(o)&&a&&a[1].type==="listItemPrefixWhitespace"?t(o):n(o)}}var $n={name:"setextUnderline",resolveTo:vu,tokenize:xu};function vu(e,t){let n=new Gt,i=e.length,r,o,a;for(;i--;)if(e[i][0]==="enter"){if(e[i][1].type==="content"){r=i;break}e[i][1].type==="paragraph"&&(o=i)}else e[i][1].type==="content"&&n.add(i,1,[]),!a&&e[i][1].type==="definition"&&(a=i);let s={type:"setextHeading",start:{...e[r][1].start},end:{...e[e.length-1][1].end}};return e[o][1].type="setextHeadingText",a?(n.add(o,0,[["enter",s,t]]),n.add(a+1,0,[["exit",e[r][1],t]]),e[r][1].end={...e[a][1].end}):e[r][1]=s,n.add(e.length,0,[["exit",s,t]]),n.consume(e),e}function xu(e,t,n){let i=this,r;return o;function o(h){let d=i.events.length,m;for(;d--;)if(i.events[d][1].type!=="lineEnding"&&i.events[d][1].type!=="linePrefix"&&i.events[d][1].type!=="content"){m=i.events[d][1].type==="paragraph";break}return!i.parser.lazy[i.now().line]&&(i.interrupt||m)?(e.enter("setextHeadingLine"),r=h,a(h)):n(h)}function a(h){return e.enter("setextHeadingLineSequence"),s(h)}function s(h){return h===r?(e.consume(h),s):(e.exit("setextHeadingLineSequence"),L(h)?_(e,u,"lineSuffix")(h):u(h))}function u(h){return h===null||M(h)?(e.exit("setextHeadingLine"),t(h)):n(h)}}var ka={tokenize:Eu};function Eu(e){let t=this,n=e.attempt(ie,i,e.attempt(this.parser.constructs.flowInitial,r,_(e,e.attempt(this.parser.constructs.flow,r,e.attempt(nr,r)),"linePrefix")));return n;function i(o){if(o===null){e.consume(o);return}return e.enter("lineEndingBlank"),e.consume(o),e.exit("lineEndingBlank"),t.currentConstruct=void 0,n}function r(o){if(o===null){e.consume(o);return}return e.enter("lineEnding"),e.consume(o),e.exit("lineEnding"),t.currentConstruct=void 0,n}}var va={resolveAll:Ta()},xa=Sa("string"),Ea=Sa("text");function Sa(e){return{resolveAll:Ta(e==="text"?Su:void 0),tokenize:t};function t(n){let i=this,r=this.parser.constructs[e],o=n.attempt(r,a,s);return a;function a(d){return h(d)?o(d):s(d)}function s(d){if(d===null){n.consume(d);return}return n.enter("data"),n.consume(d),u}function u(d){return h(d)?(n.exit("data"),o(d)):(n.consume(d),u)}function h(d){if(d===null)return!0;let m=r[d],p=-1;if(m)for(;++p<m.length;){let f=m[p];if(!f.previous||f.previous.call(i,i.previous))return!0}return!1}}}function Ta(e){return t;function t(n,i){let r=-1,o;for(;++r<=n.length;)o===void 0?n[r]&&n[r][1].type==="data"&&(o=r,r++):(!n[r]||n[r][1].type!=="data")&&(r!==o+2&&(n[o][1].end=n[r-1][1].end,n.splice(o+2,r-o-2),r=o+2),o=void 0);return e?e(n,i):n}}function Su(e,t){let n=new Gt,i=0;for(;++i<=e.length;)if((i===e.length||e[i][1].type==="lineEnding")&&e[i-1][1].type==="data"){let r=e[i-1][1],o=t.sliceStream(r),a=o.length,s=-1,u=0,h;for(;a--;){let d=o[a];if(typeof d=="string"){for(s=d.length;d.charCodeAt(s-1)===32;)u++,s--;if(s)break;s=-1}else if(d===-2)h=!0,u++;else if(d!==-1){a++;break}}if(t._contentTypeTextTrailing&&i===e.length&&(u=0),u){let d={type:i===e.length||h||u<2?"lineSuffix":"hardBreakTrailing",start:{_bufferIndex:a?s:r.start._bufferIndex+s,_index:r.start._index+a,line:r.end.line,column:r.end.column-u,offset:r.end.offset-u},end:{...r.end}};r.end={...d.start},r.start.offset===r.end.offset?Object.assign(r,d):n.add(i,0,[["enter",d,t],["exit",d,t]])}i++}return n.consume(e),e}var dr={};Zr(dr,{attentionMarkers:()=>Lu,contentInitial:()=>Cu,disable:()=>Ru,document:()=>Tu,flow:()=>Au,flowInitial:()=>Mu,insideSpan:()=>Pu,string:()=>Iu,text:()=>Nu});var Tu={42:ht,43:ht,45:ht,48:ht,49:ht,50:ht,51:ht,52:ht,53:ht,54:ht,55:ht,56:ht,57:ht,62:Dn},Cu={91:ir},Mu={[-2]:Xe,[-1]:Xe,32:Xe},Au={35:or,42:ge,45:[$n,ge],60:sr,61:$n,95:ge,96:zn,126:zn},Iu={38:Fn,92:_n},Nu={[-5]:en,[-4]:en,[-3]:en,33:cr,38:Fn,42:Je,60:[tr,lr],91:ur,92:[rr,_n],93:fe,95:Je,96:er},Pu={null:[Je,va]},Lu={null:[42,95]},Ru={null:[]};function Ca(e,t,n){let i={_bufferIndex:-1,_index:0,line:n&&n.line||1,column:n&&n.column||1,offset:n&&n.offset||0},r={},o=[],a=[],s=[],u=!0,h={attempt:J(P),check:J(q),consume:O,enter:j,exit:k,interrupt:J(q,{interrupt:!0})},d={code:null,containerState:{},defineSkip:v,events:[],now:E,parser:e,previous:null,sliceSerialize:x,sliceStream:C,write:f},m=t.tokenize.call(d,h),p;return t.resolveAll&&o.push(t),d;function f(I){return a=gt(a,I),D(),a[a.length-1]!==null?[]:(y(t,0),d.events=ne(o,d.events,d),d.events)}function x(I,U){return Du(C(I),U)}function C(I){return Ou(a,I)}function E(){let{_bufferIndex:I,_index:U,line:B,column:nt,offset:ot}=i;return{_bufferIndex:I,_index:U,line:B,column:nt,offset:ot}}function v(I){r[I.line]=I.column,Z()}function D(){for(;i._index<a.length;){let I=a[i._index];if(typeof I=="string"){let U=i._index;for(i._bufferIndex<0&&(i._bufferIndex=0);i._index===U&&i._bufferIndex<I.length;)T(I.charCodeAt(i._bufferIndex))}else T(I)}}function T(I){u=void 0,p=I,m=m(I)}function O(I){M(I)?(i.line++,i.column=1,i.offset+=I===-3?2:1,Z()):I!==-1&&(i.column++,i.offset++),i._bufferIndex<0?i._index++:(i._bufferIndex++,i._bufferIndex===a[i._index].length&&(i._bufferIndex=-1,i._index++)),d.previous=I,u=!0}function j(I,U){let B=U||{};return B.type=I,B.start=E(),d.events.push(["enter",B,d]),s.push(B),B}function k(I){let U=s.pop();return U.end=E(),d.events.push(["exit",U,d]),U}function P(I,U){y(I,U.from)}function q(I,U){U.restore()}function J(I,U){return B;function B(nt,ot,It){let Pt,g,Et,Ht;return Array.isArray(nt)?kt(nt):"tokenize"in nt?kt([nt]):b(nt);function b(ut){return ze;function ze(jt){let ve=jt!==null&&ut[jt],se=jt!==null&&ut.null,Ni=[...Array.isArray(ve)?ve:ve?[ve]:[],...Array.isArray(se)?se:se?[se]:[]];return kt(Ni)(jt)}}function kt(ut){return Pt=ut,g=0,ut.length===0?It:ke(ut[g])}function ke(ut){return ze;function ze(jt){return Ht=K(),Et=ut,ut.partial||(d.currentConstruct=ut),ut.name&&d.parser.constructs.disable.null.includes(ut.name)?hn(jt):ut.tokenize.call(U?Object.assign(Object.create(d),U):d,h,dn,hn)(jt)}}function dn(ut){return u=!0,I(Et,Ht),ot}function hn(ut){return u=!0,Ht.restore(),++g<Pt.length?ke(Pt[g]):It}}}function y(I,U){I.resolveAll&&!o.includes(I)&&o.push(I),I.resolve&&ct(d.events,U,d.events.length-U,I.resolve(d.events.slice(U),d)),I.resolveTo&&(d.events=I.resolveTo(d.events,d))}function K(){let I=E(),U=d.previous,B=d.currentConstruct,nt=d.events.length,ot=Array.from(s);return{from:nt,restore:It};function It(){i=I,d.previous=U,d.currentConstruct=B,d.events.length=nt,s=ot,Z()}}function Z(){i.line in r&&i.column<2&&(i.column=r[i.line],i.offset+=r[i.line]-1)}}function Ou(e,t){let n=t.start._index,i=t.start._bufferIndex,r=t.end._index,o=t.end._bufferIndex,a;if(n===r)a=[e[n].slice(i,o)];else{if(a=e.slice(n,r),i>-1){let s=a[0];typeof s=="string"?a[0]=s.slice(i):a.shift()}o>0&&a.push(e[r].slice(0,o))}return a}function Du(e,t){let n=-1,i=[],r;for(;++n<e.length;){let o=e[n],a;if(typeof o=="string")a=o;else switch(o){case-5:{a="\r";break}case-4:{a=`
`;break}case-3:{a=`\r
`;break}case-2:{a=t?" ":"	";break}case-1:{if(!t&&r)continue;a=" ";break}default:a=String.fromCharCode(o)}r=o===-2,i.push(a)}return i.join("")}function hr(e){let i={constructs:ua([dr,...(e||{}).extensions||[]]),content:r(pa),defined:[],document:r(ba),flow:r(ka),lazy:{},string:r(xa),text:r(Ea)};return i;function r(o){return a;function a(s){return Ca(i,o,s)}}}function mr(e){for(;!jn(e););return e}var Ma=/[\0\t\n\r]/g;function pr(){let e=1,t="",n=!0,i;return r;function r(o,a,s){o=t+(typeof o=="string"?o.toString():new TextDecoder(a||void 0).decode(o));let u=[],h=0;for(t="",n&&(o.charCodeAt(0)===65279&&h++,n=void 0);h<o.length;){Ma.lastIndex=h;let d=Ma.exec(o),m=d&&d.index!==void 0?d.index:o.length,p=o.charCodeAt(m);if(!d){t=o.slice(h);break}if(p===10&&h===m&&i)u.push(-3),i=void 0;else switch(i&&(u.push(-5),i=void 0),h<m&&(u.push(o.slice(h,m)),e+=m-h),p){case 0:{u.push(65533),e++;break}case 9:{let f=Math.ceil(e/4)*4;for(u.push(-2);e++<f;)u.push(-1);break}case 10:{u.push(-4),e=1;break}default:i=!0,e=1}h=m+1}return s&&(i&&u.push(-5),t&&u.push(t),u.push(null)),u}}var _u=/\\([!-/:-@[-`{-~])|&(#(?:\d{1,7}|x[\da-f]{1,6})|[\da-z]{1,31});/gi;function Aa(e){return e.replace(_u,Fu)}function Fu(e,t,n){if(t)return t;if(n.charCodeAt(0)===35){let r=n.charCodeAt(1),o=r===120||r===88;return On(n.slice(o?2:1),o?16:10)}return Ce(n)||e}function Ae(e){return!e||typeof e!="object"?"":"position"in e||"type"in e?Ia(e.position):"start"in e||"end"in e?Ia(e):"line"in e||"column"in e?fr(e):""}function fr(e){return Na(e&&e.line)+":"+Na(e&&e.column)}function Ia(e){return fr(e&&e.start)+"-"+fr(e&&e.end)}function Na(e){return e&&typeof e=="number"?e:1}var La={}.hasOwnProperty;function gr(e,t,n){return t&&typeof t=="object"&&(n=t,t=void 0),zu(n)(mr(hr(n).document().write(pr()(e,t,!0))))}function zu(e){let t={afterExit:[],beforeEnter:[],transforms:[],canContainEols:["emphasis","fragment","heading","paragraph","strong"],enter:{autolink:a(Vr),autolinkProtocol:y,autolinkEmail:y,atxHeading:a($r),blockQuote:a(ve),characterEscape:y,characterReference:y,codeFenced:a(se),codeFencedFenceInfo:s,codeFencedFenceMeta:s,codeIndented:a(se,s),codeText:a(Ni,s),codeTextData:y,data:y,codeFlowValue:y,definition:a(cl),definitionDestinationString:s,definitionLabelString:s,definitionTitleString:s,emphasis:a(ul),hardBreakEscape:a(Gr),hardBreakTrailing:a(Gr),htmlFlow:a(Wr,s),htmlFlowData:y,htmlText:a(Wr,s),htmlTextData:y,image:a(dl),label:s,link:a(Vr),listItem:a(hl),listItemValue:f,listOrdered:a(Kr,p),listUnordered:a(Kr),paragraph:a(ml),reference:kt,referenceString:s,resourceDestinationString:s,resourceTitleString:s,setextHeading:a($r),strong:a(pl),thematicBreak:a(gl)},exit:{atxHeading:h(),atxHeadingSequence:k,autolink:h(),autolinkEmail:jt,autolinkProtocol:ze,blockQuote:h(),characterEscapeValue:K,characterReferenceMarkerHexadecimal:dn,characterReferenceMarkerNumeric:dn,characterReferenceValue:hn,characterReference:ut,codeFenced:h(v),codeFencedFence:E,codeFencedFenceInfo:x,codeFencedFenceMeta:C,codeFlowValue:K,codeIndented:h(D),codeText:h(nt),codeTextData:K,data:K,definition:h(),definitionDestinationString:j,definitionLabelString:T,definitionTitleString:O,emphasis:h(),hardBreakEscape:h(I),hardBreakTrailing:h(I),htmlFlow:h(U),htmlFlowData:K,htmlText:h(B),htmlTextData:K,image:h(It),label:g,labelText:Pt,lineEnding:Z,link:h(ot),listItem:h(),listOrdered:h(),listUnordered:h(),paragraph:h(),referenceString:ke,resourceDestinationString:Et,resourceTitleString:Ht,resource:b,setextHeading:h(J),setextHeadingLineSequence:q,setextHeadingText:P,strong:h(),thematicBreak:h()}};Ra(t,(e||{}).mdastExtensions||[]);let n={};return i;function i(w){let S={type:"root",children:[],position:void 0},F={stack:[S],tokenStack:[],config:t,enter:u,exit:d,buffer:s,resume:m,data:n},z=[],bt=[],X=-1;for(;++X<w.length;)if(bt.push(w[X]),w[X][1].type==="listOrdered"||w[X][1].type==="listUnordered")if(w[X][0]==="enter")z.push(bt.length-1);else{let yt=z.pop();o(bt,yt)}for(w=bt,X=-1;++X<w.length;){let yt=t[w[X][0]];w[X][0]==="enter"&&t.beforeEnter.length>0&&r(t.beforeEnter,{...F,sliceSerialize:w[X][2].sliceSerialize},w[X][1]),La.call(yt,w[X][1].type)&&yt[w[X][1].type].call({...F,sliceSerialize:w[X][2].sliceSerialize},w[X][1]),w[X][0]==="exit"&&t.afterExit.length>0&&r(t.afterExit,{...F,sliceSerialize:w[X][2].sliceSerialize},w[X][1])}if(F.tokenStack.length>0){let yt=F.tokenStack[F.tokenStack.length-1];(yt[1]||Pa).call(F,void 0,yt[0])}for(S.position={start:re(w.length>0?w[0][1].start:{line:1,column:1,offset:0}),end:re(w.length>0?w[w.length-2][1].end:{line:1,column:1,offset:0})},X=-1;++X<t.transforms.length;)S=t.transforms[X](S)||S;return S}function r(w,S,F){let z=-1;for(;++z<w.length;)w[z].call(S,F)}function o(w,S){let F=w.length-1,z=S-1,bt=-1,X=!1,yt,Lt,He,je,Be=[];for(;++z<=F;){let vt=w[z];switch(vt[1].type){case"listUnordered":case"listOrdered":case"blockQuote":{vt[0]==="enter"?bt++:bt--,je=void 0;break}case"lineEndingBlank":{vt[0]==="enter"&&(yt&&!je&&!bt&&!He&&(He=z),je=void 0);break}case"linePrefix":case"listItemValue":case"listItemMarker":case"listItemPrefix":case"listItemPrefixWhitespace":break;default:je=void 0}if(!bt&&vt[0]==="enter"&&vt[1].type==="listItemPrefix"||bt===-1&&vt[0]==="exit"&&(vt[1].type==="listUnordered"||vt[1].type==="listOrdered")){if(yt){let xe=z;for(Lt=void 0;xe--;){let Bt=w[xe];if(Bt[1].type==="lineEnding"||Bt[1].type==="lineEndingBlank"){if(Bt[0]==="exit")continue;Lt&&(w[Lt][1].type="lineEndingBlank",X=!0),Bt[1].type="lineEnding",Lt=xe}else if(!(Bt[1].type==="linePrefix"||Bt[1].type==="blockQuotePrefix"||Bt[1].type==="blockQuotePrefixWhitespace"||Bt[1].type==="blockQuoteMarker"||Bt[1].type==="listItemIndent"))break}He&&(!Lt||He<Lt)&&(yt._spread=!0),yt.end=Object.assign({},Lt?w[Lt][1].start:vt[1].end),Be.push({at:Lt||z,event:["exit",yt,vt[2]]})}if(vt[1].type==="listItemPrefix"){let xe={type:"listItem",_spread:!1,start:Object.assign({},vt[1].start),end:void 0};yt=xe,Be.push({at:z,event:["enter",xe,vt[2]]}),He=void 0,je=!0}}}let Yr=w.splice(S),Pi=0;for(z=-1;++z<Yr.length;){for(;Pi<Be.length&&Be[Pi].at===S+z;)w.push(Be[Pi++].event);w.push(Yr[z])}w[S][1]._spread=X}function a(w,S){return F;function F(z){u.call(this,w(z),z),S&&S.call(this,z)}}function s(){this.stack.push({type:"fragment",children:[]})}function u(w,S,F){this.stack[this.stack.length-1].children.push(w),this.stack.push(w),this.tokenStack.push([S,F||void 0]),w.position={start:re(S.start),end:void 0}}function h(w){return S;function S(F){w&&w.call(this,F),d.call(this,F)}}function d(w,S){let F=this.stack.pop(),z=this.tokenStack.pop();if(!z)throw new Error("Cannot close `"+w.type+"` ("+Ae({start:w.start,end:w.end})+"): it’s not open");z[0].type!==w.type&&(S?S.call(this,w,z[0]):(z[1]||Pa).call(this,w,z[0])),F.position.end=re(w.end)}function m(){return Qi(this.stack.pop())}function p(){this.data.expectingFirstListItemValue=!0}function f(w){if(this.data.expectingFirstListItemValue){let S=this.stack[this.stack.length-2];S.start=Number.parseInt(this.sliceSerialize(w),10),this.data.expectingFirstListItemValue=void 0}}function x(){let w=this.resume(),S=this.stack[this.stack.length-1];S.lang=w}function C(){let w=this.resume(),S=this.stack[this.stack.length-1];S.meta=w}function E(){this.data.flowCodeInside||(this.buffer(),this.data.flowCodeInside=!0)}function v(){let w=this.resume(),S=this.stack[this.stack.length-1];S.value=w.replace(/^(\r?\n|\r)|(\r?\n|\r)$/g,""),this.data.flowCodeInside=void 0}function D(){let w=this.resume(),S=this.stack[this.stack.length-1];S.value=w.replace(/(\r?\n|\r)$/g,"")}function T(w){let S=this.resume(),F=this.stack[this.stack.length-1];F.label=S,F.identifier=$t(this.sliceSerialize(w)).toLowerCase()}function O(){let w=this.resume(),S=this.stack[this.stack.length-1];S.title=w}function j(){let w=this.resume(),S=this.stack[this.stack.length-1];S.url=w}function k(w){let S=this.stack[this.stack.length-1];if(!S.depth){let F=this.sliceSerialize(w).length;S.depth=F}}function P(){this.data.setextHeadingSlurpLineEnding=!0}function q(w){let S=this.stack[this.stack.length-1];S.depth=this.sliceSerialize(w).codePointAt(0)===61?1:2}function J(){this.data.setextHeadingSlurpLineEnding=void 0}function y(w){let F=this.stack[this.stack.length-1].children,z=F[F.length-1];(!z||z.type!=="text")&&(z=fl(),z.position={start:re(w.start),end:void 0},F.push(z)),this.stack.push(z)}function K(w){let S=this.stack.pop();S.value+=this.sliceSerialize(w),S.position.end=re(w.end)}function Z(w){let S=this.stack[this.stack.length-1];if(this.data.atHardBreak){let F=S.children[S.children.length-1];F.position.end=re(w.end),this.data.atHardBreak=void 0;return}!this.data.setextHeadingSlurpLineEnding&&t.canContainEols.includes(S.type)&&(y.call(this,w),K.call(this,w))}function I(){this.data.atHardBreak=!0}function U(){let w=this.resume(),S=this.stack[this.stack.length-1];S.value=w}function B(){let w=this.resume(),S=this.stack[this.stack.length-1];S.value=w}function nt(){let w=this.resume(),S=this.stack[this.stack.length-1];S.value=w}function ot(){let w=this.stack[this.stack.length-1];if(this.data.inReference){let S=this.data.referenceType||"shortcut";w.type+="Reference",w.referenceType=S,delete w.url,delete w.title}else delete w.identifier,delete w.label;this.data.referenceType=void 0}function It(){let w=this.stack[this.stack.length-1];if(this.data.inReference){let S=this.data.referenceType||"shortcut";w.type+="Reference",w.referenceType=S,delete w.url,delete w.title}else delete w.identifier,delete w.label;this.data.referenceType=void 0}function Pt(w){let S=this.sliceSerialize(w),F=this.stack[this.stack.length-2];F.label=Aa(S),F.identifier=$t(S).toLowerCase()}function g(){let w=this.stack[this.stack.length-1],S=this.resume(),F=this.stack[this.stack.length-1];if(this.data.inReference=!0,F.type==="link"){let z=w.children;F.children=z}else F.alt=S}function Et(){let w=this.resume(),S=this.stack[this.stack.length-1];S.url=w}function Ht(){let w=this.resume(),S=this.stack[this.stack.length-1];S.title=w}function b(){this.data.inReference=void 0}function kt(){this.data.referenceType="collapsed"}function ke(w){let S=this.resume(),F=this.stack[this.stack.length-1];F.label=S,F.identifier=$t(this.sliceSerialize(w)).toLowerCase(),this.data.referenceType="full"}function dn(w){this.data.characterReferenceType=w.type}function hn(w){let S=this.sliceSerialize(w),F=this.data.characterReferenceType,z;F?(z=On(S,F==="characterReferenceMarkerNumeric"?10:16),this.data.characterReferenceType=void 0):z=Ce(S);let bt=this.stack[this.stack.length-1];bt.value+=z}function ut(w){let S=this.stack.pop();S.position.end=re(w.end)}function ze(w){K.call(this,w);let S=this.stack[this.stack.length-1];S.url=this.sliceSerialize(w)}function jt(w){K.call(this,w);let S=this.stack[this.stack.length-1];S.url="mailto:"+this.sliceSerialize(w)}function ve(){return{type:"blockquote",children:[],position:void 0}}function se(){return{type:"code",lang:null,meta:null,value:"",position:void 0}}function Ni(){return{type:"inlineCode",value:"",position:void 0}}function cl(){return{type:"definition",identifier:"",label:null,title:null,url:"",position:void 0}}function ul(){return{type:"emphasis",children:[],position:void 0}}function $r(){return{type:"heading",depth:0,children:[],position:void 0}}function Gr(){return{type:"break",position:void 0}}function Wr(){return{type:"html",value:"",position:void 0}}function dl(){return{type:"image",title:null,url:"",alt:null,position:void 0}}function Vr(){return{type:"link",title:null,url:"",children:[],position:void 0}}function Kr(w){return{type:"list",ordered:w.type==="listOrdered",start:null,spread:w._spread,children:[],position:void 0}}function hl(w){return{type:"listItem",spread:w._spread,checked:null,children:[],position:void 0}}function ml(){return{type:"paragraph",children:[],position:void 0}}function pl(){return{type:"strong",children:[],position:void 0}}function fl(){return{type:"text",value:"",position:void 0}}function gl(){return{type:"thematicBreak",position:void 0}}}function re(e){return{line:e.line,column:e.column,offset:e.offset}}function Ra(e,t){let n=-1;for(;++n<t.length;){let i=t[n];Array.isArray(i)?Ra(e,i):Hu(e,i)}}function Hu(e,t){let n;for(n in t)if(La.call(t,n))switch(n){case"canContainEols":{let i=t[n];i&&e[n].push(...i);break}case"transforms":{let i=t[n];i&&e[n].push(...i);break}case"afterExit":case"beforeEnter":{let i=t[n];i&&e[n].push(i);break}case"enter":case"exit":{let i=t[n];i&&Object.assign(e[n],i);break}}}function Pa(e,t){throw e?new Error("Cannot close `"+e.type+"` ("+Ae({start:e.start,end:e.end})+"): a different token (`"+t.type+"`, "+Ae({start:t.start,end:t.end})+") is open"):new Error("Cannot close document, a token (`"+t.type+"`, "+Ae({start:t.start,end:t.end})+") is still open")}function br(e,t){let n=String(e);if(typeof t!="string")throw new TypeError("Expected character");let i=0,r=n.indexOf(t);for(;r!==-1;)i++,r=n.indexOf(t,r+t.length);return i}function yr(e){if(typeof e!="string")throw new TypeError("Expected a string");return e.replace(/[|\\{}()[\]^$+*?.]/g,"\\$&").replace(/-/g,"\\x2d")}var Ie=(function(e){if(e==null)return qu;if(typeof e=="function")return Gn(e);if(typeof e=="object")return Array.isArray(e)?ju(e):Bu(e);if(typeof e=="string")return Uu(e);throw new Error("Expected function, string, or object as test")});function ju(e){let t=[],n=-1;for(;++n<e.length;)t[n]=Ie(e[n]);return Gn(i);function i(...r){let o=-1;for(;++o<t.length;)if(t[o].apply(this,r))return!0;return!1}}function Bu(e){let t=e;return Gn(n);function n(i){let r=i,o;for(o in e)if(r[o]!==t[o])return!1;return!0}}function Uu(e){return Gn(t);function t(n){return n&&n.type===e}}function Gn(e){return t;function t(n,i,r){return!!($u(n)&&e.call(this,n,typeof i=="number"?i:void 0,r||void 0))}}function qu(){return!0}function $u(e){return e!==null&&typeof e=="object"&&"type"in e}var Da=[],_a=!0,Wn=!1,nn="skip";function wr(e,t,n,i){if(!e||typeof e!="object")throw new Error("Unexpected value `"+e+"` for `tree`, expected node");let r=!0,o,a,s,u;if(typeof n=="function"||n&&typeof n=="object"?(o=t,a=n,i&&(r=!1)):(a=t,n&&(r=!1)),typeof a=="function")s=a;else if(a&&typeof a=="object"){if(!(a.enter===null||a.enter===void 0))if(typeof a.enter=="function")s=a.enter;else throw new Error("Unexpected value `"+a.enter+"` for `visitors.enter`, expected optional visitor");if(typeof a.exit=="function")u=a.exit;else throw new Error("Unexpected value `"+a.exit+"` for `visitors.exit`, expected visitor (pass a visitor directly if you only want an enter visitor)")}else throw new Error("Unexpected value `"+a+"` for `enter` or `visitors`, expected visitor or object with visitors");let h=Ie(o),d=r?1:-1;m(e,void 0,[])();function m(p,f,x){let C=p&&typeof p=="object"?p:{};if(typeof C.type=="string"){let v=typeof C.tagName=="string"?C.tagName:typeof C.name=="string"?C.name:void 0;Object.defineProperty(E,"name",{value:"node ("+(p.type+(v?"<"+v+">":""))+")"})}return E;function E(){let v=!o||h(p,f,x[x.length-1]||void 0),D=Da;if(s&&v&&(D=Oa(s(p,x,f)),D[0]===Wn))return D;if("children"in p&&p.children){let T=p;if(T.children&&D[0]!==nn){let O=(r?-1:T.children.length)+d,j=[...x,T];for(;O>-1&&O<T.children.length;){let k=T.children[O],P=m(k,O,j)();if(P[0]===Wn)return P;O=typeof P[1]=="number"?P[1]:O+d}}}if(u&&v){let T=Oa(u(p,x,f));if(T[0]===nn)throw new Error("Unexpected value `"+T[0]+"` from `exit`, expected `CONTINUE`, `EXIT`, index, or nothing");if(T[0]===Wn||typeof T[1]=="number")return T}return D}}}function Oa(e){return Array.isArray(e)?e:typeof e=="number"?[_a,e]:e==null?Da:[e]}function kr(e,t,n){let r=Ie((n||{}).ignore||[]),o=Gu(t),a=-1;for(;++a<o.length;)wr(e,s);function s(h,d,m){if(h.type==="text"&&typeof m=="number")return u(h,d,m);if(r(h,m,d[d.length-1]))return nn}function u(h,d,m){let p=d[d.length-1],f=o[a][0],x=o[a][1],C=0,E=!1,v=[];f.lastIndex=0;let D=f.exec(h.value);for(;D;){let O=D.index,j={index:D.index,input:D.input,stack:[...d,h]},k=x(...D,j);if(typeof k=="string"&&(k=k.length>0?{type:"text",value:k}:void 0),k===!1)f.lastIndex=O+1;else{if(C!==O&&T({type:"text",value:h.value.slice(C,O)}),Array.isArray(k))for(let P of k)T(P);else k&&T(k);C=O+D[0].length,E=!0}if(!f.global)break;D=f.exec(h.value)}return E?(C<h.value.length&&T({type:"text",value:h.value.slice(C)}),p.children.splice(m,1,...v)):v=[h],m+v.length;function T(O){let j=v[v.length-1];j&&j.type==="text"&&O.type==="text"?j.value+=O.value:v.push(O)}}}function Gu(e){if(!Array.isArray(e))throw new TypeError("Expected find and replace tuple or list of tuples");let t=[],n=!e[0]||Array.isArray(e[0])?e:[e],i=-1;for(;++i<n.length;){let r=n[i];t.push([Wu(r[0]),Vu(r[1])])}return t}function Wu(e){return typeof e=="string"?new RegExp(yr(e),"g"):e}function Vu(e){return typeof e=="function"?e:function(){return e}}function xr(){return{transforms:[Xu],enter:{literalAutolink:Ku,literalAutolinkEmail:vr,literalAutolinkHttp:vr,literalAutolinkWww:vr},exit:{literalAutolink:Qu,literalAutolinkEmail:Ju,literalAutolinkHttp:Yu,literalAutolinkWww:Zu}}}function Ku(e){this.enter({type:"link",title:null,url:"",children:[],position:void 0},e)}function vr(e){this.config.enter.autolinkProtocol.call(this,e)}function Yu(e){this.config.exit.autolinkProtocol.call(this,e)}function Zu(e){this.config.exit.data.call(this,e);let t=this.stack[this.stack.length-1];t.type,t.url="http://"+this.sliceSerialize(e)}function Ju(e){this.config.exit.autolinkEmail.call(this,e)}function Qu(e){this.exit(e)}function Xu(e){kr(e,[[/(?<![\da-z])(https?:\/\/|www(?=\.))([\w-]*\.[\w\-.]*)([^\t\n\r ]*)/gi,td],[/(?<![\w+\-.@])xmpp:([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)(\/(?:[\w\-/]|\.(?=[\dA-Za-z]))*)?/g,id],[/(?<![\w+\-.@])mailto:([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)/g,nd],[/(?<![\w+\-.]|(?:^|[^\d@A-Za-z])(?:mailto|xmpp):)([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)/g,ed]],{ignore:["link","linkReference"]})}function td(e,t,n,i,r){if(!ad(r))return!1;let o="";if(/^w/i.test(t)&&(n=t+n,t="",o="http://"),te(n.charCodeAt(0))||!rd(n))return!1;let a=od(n+i),s={type:"link",title:null,url:o+t+a[0],children:[{type:"text",value:t+a[0],position:void 0}],position:void 0};return a[1]?[s,{type:"text",value:a[1],position:void 0}]:s}function ed(e,t,n){return/[\d\-_]$/.test(n)?!1:{type:"link",title:null,url:"mailto:"+t+"@"+n,children:[{type:"text",value:t+"@"+n,position:void 0}],position:void 0}}function nd(e,t,n){if(/[\d\-_]$/.test(n))return!1;let i="mailto:"+t+"@"+n;return{type:"link",title:null,url:i,children:[{type:"text",value:i,position:void 0}],position:void 0}}function id(e,t,n,i,r){if(/[\d\-_]$/.test(n)||i&&(!/[A-Za-z]$/.test(i)||r.input.charAt(r.index+e.length)==="@"))return!1;let o="xmpp:"+t+"@"+n+(i||"");return{type:"link",title:null,url:o,children:[{type:"text",value:o,position:void 0}],position:void 0}}function rd(e){let t=e.split(".");return!(t.length<2||t[t.length-1]&&(/_/.test(t[t.length-1])||!/[\dA-Za-z]/.test(t[t.length-1]))||t[t.length-2]&&(/_/.test(t[t.length-2])||!/[\dA-Za-z]/.test(t[t.length-2])))}function od(e){let t=e.length;for(;t>0;){let a=e.charCodeAt(t-1);if(a===33||a===34||a===38||a===39||a===41||a===44||a===46||a===58||a===59||a===60||a===62||a===63||a===93||a===125)t--;else break}if(t===e.length)return[e,void 0];let n=e.slice(t);e=e.slice(0,t);let i=n.indexOf(")"),r=br(e,"("),o=br(e,")");for(;i!==-1&&r>o;)e+=n.slice(0,i+1),n=n.slice(i+1),i=n.indexOf(")"),o++;return[e,n]}function ad(e){let t=e.input.charCodeAt(e.index-1);return e.index===0||Ft(t)||te(t)}Fa.attention=cd;Fa.peek=ud;function Er(){return{canContainEols:["delete"],enter:{strikethrough:sd},exit:{strikethrough:ld}}}function sd(e){this.enter({type:"delete",children:[],position:void 0},e)}function ld(e){this.exit(e)}function Fa(e,t,n,i){let r=n.createTracker(i),o=n.stack.includes("strikethrough")?"~":"~~",a=n.enter("strikethrough"),s=r.move(o);return s+=n.containerPhrasing(e,{...r.current(),before:s,after:"~"}),s+=r.move(o),a(),s}function cd(){return{construct:"strikethrough",markers:["~"],sizes:[2,1]}}function ud(){return"~"}function Tr(){return{enter:{table:dd,tableData:za,tableHeader:za,tableRow:md},exit:{codeText:pd,table:hd,tableData:Sr,tableHeader:Sr,tableRow:Sr}}}function dd(e){let t=e._align;this.enter({type:"table",align:t.map(function(n){return n==="none"?null:n}),children:[],position:void 0},e),this.data.inTable=!0}function hd(e){this.exit(e),this.data.inTable=void 0}function md(e){this.enter({type:"tableRow",children:[],position:void 0},e)}function Sr(e){this.exit(e)}function za(e){this.enter({type:"tableCell",children:[],position:void 0},e)}function pd(e){let t=this.resume();this.data.inTable&&(t=t.replace(/\\([\\|])/g,fd));let n=this.stack[this.stack.length-1];n.type,n.value=t,this.exit(e)}function fd(e,t){return t==="|"?t:e}var gd={tokenize:vd,partial:!0},Ha={tokenize:xd,partial:!0},ja={tokenize:Ed,partial:!0},Ba={tokenize:Sd,partial:!0},bd={tokenize:Td,partial:!0},Ua={name:"wwwAutolink",tokenize:wd,previous:$a},qa={name:"protocolAutolink",tokenize:kd,previous:Ga},Wt={name:"emailAutolink",tokenize:yd,previous:Wa},zt={};function Mr(){return{text:zt}}var be=48;for(;be<123;)zt[be]=Wt,be++,be===58?be=65:be===91&&(be=97);zt[43]=Wt;zt[45]=Wt;zt[46]=Wt;zt[95]=Wt;zt[72]=[Wt,qa];zt[104]=[Wt,qa];zt[87]=[Wt,Ua];zt[119]=[Wt,Ua];function yd(e,t,n){let i=this,r,o;return a;function a(m){return!Cr(m)||!Wa.call(i,i.previous)||Ar(i.events)?n(m):(e.enter("literalAutolink"),e.enter("literalAutolinkEmail"),s(m))}function s(m){return Cr(m)?(e.consume(m),s):m===64?(e.consume(m),u):n(m)}function u(m){return m===46?e.check(bd,d,h)(m):m===45||m===95||st(m)?(o=!0,e.consume(m),u):d(m)}function h(m){return e.consume(m),r=!0,u}function d(m){return o&&r&&at(i.previous)?(e.exit("literalAutolinkEmail"),e.exit("literalAutolink"),t(m)):n(m)}}function wd(e,t,n){let i=this;return r;function r(a){return a!==87&&a!==119||!$a.call(i,i.previous)||Ar(i.events)?n(a):(e.enter("literalAutolink"),e.enter("literalAutolinkWww"),e.check(gd,e.attempt(Ha,e.attempt(ja,o),n),n)(a))}function o(a){return e.exit("literalAutolinkWww"),e.exit("literalAutolink"),t(a)}}function kd(e,t,n){let i=this,r="",o=!1;return a;function a(m){return(m===72||m===104)&&Ga.call(i,i.previous)&&!Ar(i.events)?(e.enter("literalAutolink"),e.enter("literalAutolinkHttp"),r+=String.fromCodePoint(m),e.consume(m),s):n(m)}function s(m){if(at(m)&&r.length<5)return r+=String.fromCodePoint(m),e.consume(m),s;if(m===58){let p=r.toLowerCase();if(p==="http"||p==="https")return e.consume(m),u}return n(m)}function u(m){return m===47?(e.consume(m),o?h:(o=!0,u)):n(m)}function h(m){return m===null||me(m)||W(m)||Ft(m)||te(m)?n(m):e.attempt(Ha,e.attempt(ja,d),n)(m)}function d(m){return e.exit("literalAutolinkHttp"),e.exit("literalAutolink"),t(m)}}function vd(e,t,n){let i=0;return r;function r(a){return(a===87||a===119)&&i<3?(i++,e.consume(a),r):a===46&&i===3?(e.consume(a),o):n(a)}function o(a){return a===null?n(a):t(a)}}function xd(e,t,n){let i,r,o;return a;function a(h){return h===46||h===95?e.check(Ba,u,s)(h):h===null||W(h)||Ft(h)||h!==45&&te(h)?u(h):(o=!0,e.consume(h),a)}function s(h){return h===95?i=!0:(r=i,i=void 0),e.consume(h),a}function u(h){return r||i||!o?n(h):t(h)}}function Ed(e,t){let n=0,i=0;return r;function r(a){return a===40?(n++,e.consume(a),r):a===41&&i<n?o(a):a===33||a===34||a===38||a===39||a===41||a===42||a===44||a===46||a===58||a===59||a===60||a===63||a===93||a===95||a===126?e.check(Ba,t,o)(a):a===null||W(a)||Ft(a)?t(a):(e.consume(a),r)}function o(a){return a===41&&i++,e.consume(a),r}}function Sd(e,t,n){return i;function i(s){return s===33||s===34||s===39||s===41||s===42||s===44||s===46||s===58||s===59||s===63||s===95||s===126?(e.consume(s),i):s===38?(e.consume(s),o):s===93?(e.consume(s),r):s===60||s===null||W(s)||Ft(s)?t(s):n(s)}function r(s){return s===null||s===40||s===91||W(s)||Ft(s)?t(s):i(s)}function o(s){return at(s)?a(s):n(s)}function a(s){return s===59?(e.consume(s),i):at(s)?(e.consume(s),a):n(s)}}function Td(e,t,n){return i;function i(o){return e.consume(o),r}function r(o){return st(o)?n(o):t(o)}}function $a(e){return e===null||e===40||e===42||e===95||e===91||e===93||e===126||W(e)}function Ga(e){return!at(e)}function Wa(e){return!(e===47||Cr(e))}function Cr(e){return e===43||e===45||e===46||e===95||st(e)}function Ar(e){let t=e.length,n=!1;for(;t--;){let i=e[t][1];if((i.type==="labelLink"||i.type==="labelImage")&&!i._balanced){n=!0;break}if(i._gfmAutolinkLiteralWalkedInto){n=!1;break}}return e.length>0&&!n&&(e[e.length-1][1]._gfmAutolinkLiteralWalkedInto=!0),n}function Ir(e){let n=(e||{}).singleTilde,i={name:"strikethrough",tokenize:o,resolveAll:r};return n==null&&(n=!0),{text:{126:i},insideSpan:{null:[i]},attentionMarkers:{null:[126]}};function r(a,s){let u=-1;for(;++u<a.length;)if(a[u][0]==="enter"&&a[u][1].type==="strikethroughSequenceTemporary"&&a[u][1]._close){let h=u;for(;h--;)if(a[h][0]==="exit"&&a[h][1].type==="strikethroughSequenceTemporary"&&a[h][1]._open&&a[u][1].end.offset-a[u][1].start.offset===a[h][1].end.offset-a[h][1].start.offset){a[u][1].type="strikethroughSequence",a[h][1].type="strikethroughSequence";let d={type:"strikethrough",start:Object.assign({},a[h][1].start),end:Object.assign({},a[u][1].end)},m={type:"strikethroughText",start:Object.assign({},a[h][1].end),end:Object.assign({},a[u][1].start)},p=[["enter",d,s],["enter",a[h][1],s],["exit",a[h][1],s],["enter",m,s]],f=s.parser.constructs.insideSpan.null;f&&ct(p,p.length,0,ne(f,a.slice(h+1,u),s)),ct(p,p.length,0,[["exit",m,s],["enter",a[u][1],s],["exit",a[u][1],s],["exit",d,s]]),ct(a,h-1,u-h+3,p),u=h+p.length-2;break}}for(u=-1;++u<a.length;)a[u][1].type==="strikethroughSequenceTemporary"&&(a[u][1].type="data");return a}function o(a,s,u){let h=this.previous,d=this.events,m=0;return p;function p(x){return h===126&&d[d.length-1][1].type!=="characterEscape"?u(x):(a.enter("strikethroughSequenceTemporary"),f(x))}function f(x){let C=Me(h);if(x===126)return m>1?u(x):(a.consume(x),m++,f);if(m<2&&!n)return u(x);let E=a.exit("strikethroughSequenceTemporary"),v=Me(x);return E._open=!v||v===2&&!!C,E._close=!C||C===2&&!!v,s(x)}}}var Vn=class{constructor(){this.map=[],this.index=new Map}add(t,n,i){Cd(this,t,n,i)}consume(t){if(this.map.sort(function(o,a){return o[0]-a[0]}),this.map.length===0)return;let n=this.map.length,i=[];for(;n>0;)n-=1,i.push(t.slice(this.map[n][0]+this.map[n][1]),this.map[n][2]),t.length=this.map[n][0];i.push(t.slice()),t.length=0;let r=i.pop();for(;r;){for(let o of r)t.push(o);r=i.pop()}this.map.length=0,this.index.clear()}};function Cd(e,t,n,i){if(n===0&&i.length===0)return;let r=e.index.get(t);if(r){r[1]+=n,r[2].push(...i);return}let o=[t,n,i];e.map.push(o),e.index.set(t,o)}function Va(e,t){let n=!1,i=[];for(;t<e.length;){let r=e[t];if(n){if(r[0]==="enter")r[1].type==="tableContent"&&i.push(e[t+1][1].type==="tableDelimiterMarker"?"left":"none");else if(r[1].type==="tableContent"){if(e[t-1][1].type==="tableDelimiterMarker"){let o=i.length-1;i[o]=i[o]==="left"?"center":"right"}}else if(r[1].type==="tableDelimiterRow")break}else r[0]==="enter"&&r[1].type==="tableDelimiterRow"&&(n=!0);t+=1}return i}function Nr(){return{flow:{null:{name:"table",tokenize:Md,resolveAll:Ad}}}}function Md(e,t,n){let i=this,r=0,o=0,a;return s;function s(y){let K=i.events.length-1;for(;K>-1;){let{type:U}=i.events[K][1];if(U==="lineEnding"||U==="linePrefix")K--;else break}let Z=K>-1?i.events[K][1].type:null,I=Z==="tableHead"||Z==="tableRow"?k:u;return I===k&&i.parser.lazy[i.now().line]?n(y):I(y)}function u(y){return e.enter("tableHead"),e.enter("tableRow"),h(y)}function h(y){return y===124||(a=!0,o+=1),d(y)}function d(y){return y===null?n(y):M(y)?o>1?(o=0,i.interrupt=!0,e.exit("tableRow"),e.enter("lineEnding"),e.consume(y),e.exit("lineEnding"),f):n(y):L(y)?_(e,d,"whitespace")(y):(o+=1,a&&(a=!1,r+=1),y===124?(e.enter("tableCellDivider"),e.consume(y),e.exit("tableCellDivider"),a=!0,d):(e.enter("data"),m(y)))}function m(y){return y===null||y===124||W(y)?(e.exit("data"),d(y)):(e.consume(y),y===92?p:m)}function p(y){return y===92||y===124?(e.consume(y),m):m(y)}function f(y){return i.interrupt=!1,i.parser.lazy[i.now().line]?n(y):(e.enter("tableDelimiterRow"),a=!1,L(y)?_(e,x,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(y):x(y))}function x(y){return y===45||y===58?E(y):y===124?(a=!0,e.enter("tableCellDivider"),e.consume(y),e.exit("tableCellDivider"),C):j(y)}function C(y){return L(y)?_(e,E,"whitespace")(y):E(y)}function E(y){return y===58?(o+=1,a=!0,e.enter("tableDelimiterMarker"),e.consume(y),e.exit("tableDelimiterMarker"),v):y===45?(o+=1,v(y)):y===null||M(y)?O(y):j(y)}function v(y){return y===45?(e.enter("tableDelimiterFiller"),D(y)):j(y)}function D(y){return y===45?(e.consume(y),D):y===58?(a=!0,e.exit("tableDelimiterFiller"),e.enter("tableDelimiterMarker"),e.consume(y),e.exit("tableDelimiterMarker"),T):(e.exit("tableDelimiterFiller"),T(y))}function T(y){return L(y)?_(e,O,"whitespace")(y):O(y)}function O(y){return y===124?x(y):y===null||M(y)?!a||r!==o?j(y):(e.exit("tableDelimiterRow"),e.exit("tableHead"),t(y)):j(y)}function j(y){return n(y)}function k(y){return e.enter("tableRow"),P(y)}function P(y){return y===124?(e.enter("tableCellDivider"),e.consume(y),e.exit("tableCellDivider"),P):y===null||M(y)?(e.exit("tableRow"),t(y)):L(y)?_(e,P,"whitespace")(y):(e.enter("data"),q(y))}function q(y){return y===null||y===124||W(y)?(e.exit("data"),P(y)):(e.consume(y),y===92?J:q)}function J(y){return y===92||y===124?(e.consume(y),q):q(y)}}function Ad(e,t){let n=-1,i=!0,r=0,o=[0,0,0,0],a=[0,0,0,0],s=!1,u=0,h,d,m,p=new Vn;for(;++n<e.length;){let f=e[n],x=f[1];f[0]==="enter"?x.type==="tableHead"?(s=!1,u!==0&&(Ka(p,t,u,h,d),d=void 0,u=0),h={type:"table",start:Object.assign({},x.start),end:Object.assign({},x.end)},p.add(n,0,[["enter",h,t]])):x.type==="tableRow"||x.type==="tableDelimiterRow"?(i=!0,m=void 0,o=[0,0,0,0],a=[0,n+1,0,0],s&&(s=!1,d={type:"tableBody",start:Object.assign({},x.start),end:Object.assign({},x.end)},p.add(n,0,[["enter",d,t]])),r=x.type==="tableDelimiterRow"?2:d?3:1):r&&(x.type==="data"||x.type==="tableDelimiterMarker"||x.type==="tableDelimiterFiller")?(i=!1,a[2]===0&&(o[1]!==0&&(a[0]=a[1],m=Kn(p,t,o,r,void 0,m),o=[0,0,0,0]),a[2]=n)):x.type==="tableCellDivider"&&(i?i=!1:(o[1]!==0&&(a[0]=a[1],m=Kn(p,t,o,r,void 0,m)),o=a,a=[o[1],n,0,0])):x.type==="tableHead"?(s=!0,u=n):x.type==="tableRow"||x.type==="tableDelimiterRow"?(u=n,o[1]!==0?(a[0]=a[1],m=Kn(p,t,o,r,n,m)):a[1]!==0&&(m=Kn(p,t,a,r,n,m)),r=0):r&&(x.type==="data"||x.type==="tableDelimiterMarker"||x.type==="tableDelimiterFiller")&&(a[3]=n)}for(u!==0&&Ka(p,t,u,h,d),p.consume(t.events),n=-1;++n<t.events.length;){let f=t.events[n];f[0]==="enter"&&f[1].type==="table"&&(f[1]._align=Va(t.events,n))}return e}function Kn(e,t,n,i,r,o){let a=i===1?"tableHeader":i===2?"tableDelimiter":"tableData",s="tableContent";n[0]!==0&&(o.end=Object.assign({},Ne(t.events,n[0])),e.add(n[0],0,[["exit",o,t]]));let u=Ne(t.events,n[1]);if(o={type:a,start:Object.assign({},u),end:Object.assign({},u)},e.add(n[1],0,[["enter",o,t]]),n[2]!==0){let h=Ne(t.events,n[2]),d=Ne(t.events,n[3]),m={type:s,start:Object.assign({},h),end:Object.assign({},d)};if(e.add(n[2],0,[["enter",m,t]]),i!==2){let p=t.events[n[2]],f=t.events[n[3]];if(p[1].end=Object.assign({},f[1].end),p[1].type="chunkText",p[1].contentType="text",n[3]>n[2]+1){let x=n[2]+1,C=n[3]-n[2]-1;e.add(x,C,[])}}e.add(n[3]+1,0,[["exit",m,t]])}return r!==void 0&&(o.end=Object.assign({},Ne(t.events,r)),e.add(r,0,[["exit",o,t]]),o=void 0),o}function Ka(e,t,n,i,r){let o=[],a=Ne(t.events,n);r&&(r.end=Object.assign({},a),o.push(["exit",r,t])),i.end=Object.assign({},a),o.push(["exit",i,t]),e.add(n+1,0,o)}function Ne(e,t){let n=e[t],i=n[0]==="enter"?"start":"end";return n[1][i]}var Id=["htmlFlow","htmlText","characterReference","codeIndented","setextUnderline","definition","labelStartImage"],Nd={extensions:[Mr(),Ir({singleTilde:!1}),Nr(),{disable:{null:Id}}],mdastExtensions:[xr(),Er(),Tr()]},Pe=e=>gr(e,Nd),Ya=e=>e.position?.end.offset??0,Pr=e=>e.position?.start.offset??0;var Ja=800,Za=new WeakMap;function Pd(e,t){return Ve(Qa(Pe(e.slice(0,Ja))),t)}function mt(e,t){let n=Za.get(e);return n===void 0&&(n=Pd(e.content,Ja)||e.attachments.map(({name:i})=>i).join(", "),Za.set(e,n)),Ve(n,t)}var Ld=new Set(["paragraph","heading","code","listItem","tableRow","tableCell","break"]);function Qa(e){let t="children"in e?e.children.map(n=>Qa(n)).join(""):"value"in e?e.value:"";return Ld.has(e.type)?`${t} `:t}var Rd=300,Yn=class{element=c("div.visually-hidden",{role:"status","aria-live":"polite"});#t;constructor(t){this.#t=t,t.client.on("message",n=>this.#e(n))}#e({chat:t,message:n,missed:i}){i||t.id!==this.#t.chat?.id||n.sender.id===this.#t.client.me.id||(this.element.textContent=l.says(N(n.sender.displayName),N(mt(n,Rd)||l.attachment)))}};var Zn=class{element=c("div.banner",{role:"status","aria-live":"polite",hidden:!0});#t;#e=c("span",{});#n;#i=!0;constructor(t){this.#t=t}show(t){clearInterval(this.#n),this.element.dataset.phase=t.phase,this.element.hidden=t.phase==="online"||this.#i&&t.phase==="connecting",t.phase!=="connecting"&&(this.#i=!1),t.phase==="connecting"?this.element.replaceChildren(l.connecting):t.phase==="waiting"?this.#r(t.retryAt):t.phase==="closed"&&this.#o(t.reason)}#r(t){let n=()=>this.#e.textContent=l.retryingIn(Math.max(0,Math.ceil((t-Date.now())/1e3)));this.#n=setInterval(n,1e3),n(),this.#e.setAttribute("aria-hidden","true"),this.element.replaceChildren(`${l.offline} `,this.#e,H(l.tryNow,this.#t))}#o(t){this.element.replaceChildren(`${l.connectionEnded} ${t?dt(t):""} `,H(l.reload,()=>location.reload()))}};var Od=10,Dd=e=>e.split(/[\s_.-]+/).filter(Boolean).slice(0,2).map(t=>[...t][0].toUpperCase()).join("")||"?";function Xa(e){let t=7;for(let n of e)t=(t*31+n.codePointAt(0))%9973;return t%Od}function wt(e,t){let n=t&&c(`span.dot.${t}`,{role:"img","aria-label":l.status[t]});return c(`span.avatar.hue-${Xa(e.id)}`,{},c("bdi",{"aria-hidden":"true"},Dd(e.displayName)),n)}function Le(e){let{kind:t,peer:n}=e.object;return t==="direct"?wt(n??{id:e.id,displayName:e.name},n?.status):c(`span.avatar.square.hue-${Xa(e.id)}`,{},Y(t==="channel"?"hash":"people"))}var ts=({limits:e})=>e?.contentChars??4096,Jn=({object:e})=>e.active&&(e.posting==="everyone"||e.myRole!=="member"),rn=({object:{readSeq:e=0,unreadFromSeq:t=1/0}})=>Math.min(e,t-1),rt=e=>e.object.kind==="channel"?`#${e.name}`:e.name;function Re(e){let{code:t,field:n=""}=e;return t==="RATE_LIMITED"?l.refusals.tooOften:t==="NOT_FOUND"&&/^(userId|members)/.test(n)?l.refusals.noSuchUser:t==="CONFLICT"&&n==="name"?l.refusals.channelTaken:dt(e)}var _d=6e3;function et(e,...t){let n=c("h2",{dir:"auto"},Q(e)),i=$("close",l.close,()=>r.close()),r=c("dialog",{onclose:()=>r.remove(),"aria-label":e},c("header",{},n,i),...t);return r.addEventListener("mousedown",o=>o.target===r&&Fd(r,o)&&r.close()),document.body.append(r),r.showModal(),r}function Fd(e,{clientX:t,clientY:n}){let{left:i,right:r,top:o,bottom:a}=e.getBoundingClientRect();return t<i||t>r||n<o||n>a}function pt({title:e,text:t,quote:n,action:i,danger:r=!0}){return new Promise(o=>{let a=h=>()=>{o(h),u.close()},s=H(l.cancel,a(!1)),u=et(e,c("p",{},Q(t)),n!==void 0&&c("blockquote",{dir:"auto"},R(n)),c("footer",{},s,H(i,a(!0),r?"danger":"primary")));u.addEventListener("close",()=>o(!1)),s.focus()})}function V(e){let t=document.querySelector(".toasts")??c("div.toasts",{role:"status","aria-live":"polite"});([...document.querySelectorAll("dialog[open]")].at(-1)??document.body).append(t);let n=c("div.toast",{dir:"auto"},Q(e));t.append(n),setTimeout(()=>n.remove(),_d)}async function A(e){try{return await e}catch(t){V(Re(t));return}}var es=e=>e.normalize("NFKC").toLocaleLowerCase(),ns=({object:e})=>e.lastMessage?.createdAt??e.updatedAt;function oe(e,t=""){let n=es(t.trim().replace(/^#/,""));return e.client.chats.filter(i=>i.object.active||i.id===e.chat?.id).filter(i=>es(i.name).includes(n)).sort((i,r)=>ns(r).localeCompare(ns(i))||i.id.localeCompare(r.id))}var zd=12;function is(e){if(document.querySelector("dialog.switcher"))return;let t=[],n=0,i=c("ul.options",{id:"switcher",role:"listbox","aria-label":l.chats}),r=!1,o=C=>(C&&(p.close(),e.open(C.id)),!1),a=()=>{i.replaceChildren(...t.map((C,E)=>c("li",{role:"option",id:`switch-${E}`,"aria-selected":String(E===n),onclick:()=>o(C)},Le(C),c("span.lines",{},R(rt(C)))))),t.length?m.setAttribute("aria-activedescendant",`switch-${n}`):m.removeAttribute("aria-activedescendant"),i.children[n]?.scrollIntoView({block:"nearest"}),d.hidden=t.length>0,d.textContent=e.isLoaded?l.noChatOfThatName:l.loading},s=()=>{r=!1,u()},u=()=>{t=oe(e,m.value).slice(0,zd),n=0,a()},h=C=>{let E={ArrowDown:1,ArrowUp:-1}[C.key];if(C.key==="Enter"&&!C.isComposing)r=!e.isLoaded||o(t[n]);else if(E&&t.length)n=(n+E+t.length)%t.length;else return;C.preventDefault(),a()},d=c("p.empty",{role:"status"}),m=c("input",{type:"text",role:"combobox","aria-expanded":"true","aria-controls":"switcher","aria-label":l.goToChat,placeholder:l.goToChat,autocomplete:"off",dir:"auto",oninput:s,onkeydown:h}),p=et(l.goToChat,m,d,i);p.classList.add("switcher");let f=e.isLoaded,x=()=>{f||!e.isLoaded||(f=!0,u(),r&&o(t[n]))};p.addEventListener("close",e.client.on("change",x)),s(),m.focus()}var os=864e5,as=new Intl.DateTimeFormat(Mt,{hour:"numeric",minute:"2-digit"}),Hd=new Intl.DateTimeFormat(Mt,{weekday:"long",day:"numeric",month:"long"}),jd=new Intl.DateTimeFormat(Mt,{weekday:"long",day:"numeric",month:"long",year:"numeric"}),Bd=new Intl.DateTimeFormat(Mt,{day:"numeric",month:"short"}),Ud=new Intl.DateTimeFormat(Mt,{day:"numeric",month:"short",year:"numeric"}),qd=new Intl.DateTimeFormat(Mt,{dateStyle:"medium",timeStyle:"short"}),$d=new Intl.NumberFormat(Mt),Gd=new Intl.Collator(Mt,{sensitivity:"base",numeric:!0}),Wd=new Intl.ListFormat(Mt,{type:"conjunction"}),Qn=(e,t)=>e.toDateString()===t.toDateString(),ft=e=>$d.format(e),Xn=e=>Wd.format(e),on=e=>as.format(new Date(e)),At=e=>qd.format(new Date(e)),ss=(e,t)=>Gd.compare(e,t);function ls(e){let t=new Date(e),n=new Date;return Qn(t,n)?l.today:Qn(t,new Date(n.getTime()-os))?l.yesterday:(t.getFullYear()===n.getFullYear()?Hd:jd).format(t)}function Oe(e){let t=new Date(e),n=new Date;return Qn(t,n)?as.format(t):Qn(t,new Date(n.getTime()-os))?l.yesterday:(t.getFullYear()===n.getFullYear()?Bd:Ud).format(t)}var Vd=new Intl.NumberFormat(Mt,{style:"percent"}),cs=e=>Vd.format(e),rs=["byte","kilobyte","megabyte","gigabyte"].map(e=>new Intl.NumberFormat(Mt,{style:"unit",unit:e,unitDisplay:"short",maximumFractionDigits:1}));function Vt(e){let t=Math.min(rs.length-1,Math.floor(Math.log2(Math.max(e,1))/10));return rs[t].format(e/1024**t)}function ti(e,t){let n=new Set(t);for(let r of[...e.children])n.has(r)||r.remove();let i=e.firstElementChild;for(let r of t)r===i?i=i.nextElementSibling:e.insertBefore(r,i)}var Kd=660,us=.18,Yd=.08,ni=()=>"Notification"in window;async function ds(){return ni()&&await Notification.requestPermission()==="granted"}var ei=class{#t;constructor(t){this.#t=t,t.client.on("message",n=>this.#e(n))}#e({chat:t,message:n,missed:i}){let r=this.#t.client.me.id,o=Ye.get(t.id)??(t.object.muted?"mentions":"all"),a=o==="all"||o==="mentions"&&n.mentions.includes(r);if(i||n.sender.id===r||!a||document.visibilityState==="visible"||(Qt.sound()&&Zd(),!Qt.enabled()||!ni()||Notification.permission!=="granted"))return;let u=t.object.kind==="direct"?n.sender.displayName:l.notificationTitle(N(n.sender.displayName),N(rt(t))),h=new Notification(u,{body:mt(n,160)||l.attachment,tag:t.id,icon:"/assets/icon.svg"});h.onclick=()=>{window.focus(),this.#t.showMessage(n),h.close()}}};function Zd(){let e=new AudioContext,t=e.createOscillator(),n=e.createGain();t.frequency.value=Kd,n.gain.setValueAtTime(Yd,e.currentTime),n.gain.exponentialRampToValueAtTime(1e-4,e.currentTime+us),t.connect(n).connect(e.destination),t.onended=()=>{e.close()},t.start(),t.stop(e.currentTime+us)}var Jd=128;function ae(e,t={},n){let i=G(e,{type:"password",required:!0,maxlength:Jd,dir:"ltr",...t},n),r=c("button.show",{type:"button","aria-pressed":"false","aria-label":l.showPassword(e)},l.show);r.addEventListener("click",()=>{let a=i.input.type==="password";i.input.type=a?"text":"password",r.setAttribute("aria-pressed",String(a)),r.textContent=a?l.hide:l.show});let o=c("span.with-button",{});return i.input.replaceWith(o),o.append(i.input,r),i}function ye(e,...t){return c("details",{},c("summary",{},e),...t)}function De(e,t,n,...i){let r=ye(e,t,...i);return r.addEventListener("toggle",()=>r.open&&void n()),r}function hs(e){let{client:t}=e,n=async()=>{let a=await A(t.command({type:"EXPORT_MY_DATA"}));a&&location.assign(a.url)},i=ae(l.currentPassword,{autocomplete:"current-password"}),r=async()=>{!await pt({title:l.deleteAccount,text:l.deleteAccountText,action:l.deleteAccount})||!await A(t.command({type:"DELETE_ACCOUNT",password:i.input.value}))||(V(l.accountDeleted),await e.logOut(!1))},o=t.me.kind==="human";return ye(l.account,c("p",{},H(l.downloadMyData,()=>{n()})),o&&c("form",{onsubmit:lt(r)},c("p.hint",{},l.deleteAccountText),i.element,c("button.danger",{type:"submit"},l.deleteAccount)))}var Qd=100;function ms(e){let{client:t}=e,n=c("ul.results",{"aria-label":l.archivedChats}),i=c("p.empty",{role:"status"}),r=async()=>{let o=await A(t.command({type:"GET_CHATS",scope:"archived",limit:Qd}));o&&(n.replaceChildren(...o.chats.map(a=>{let s=async()=>await A(t.command({type:"UPDATE_CHAT",chatId:a.id,active:!0}))&&r(),u=a.myRole==="owner"||a.myRole==="admin";return c("li",{},c("span.lines",{},c("strong",{},R(a.name)),c("small",{},l.members(a.memberCount))),u&&H(l.restore,()=>{s()}))})),i.textContent=o.chats.length?"":l.noArchivedChats)};return De(l.archivedChats,n,r,i)}var fs=30,ps={member:0,moderator:1,admin:2},Xd=["member","moderator","admin"];function gs(e){let t=c("dl",{}),n=ih(e),i=ye(l.moderation.title,t,eh(e),c("h3",{},l.moderation.log),n.element);return i.addEventListener("toggle",()=>{i.open&&(th(e,t),n.load())}),i}async function th(e,t){let n=await A(e.client.command({type:"GET_STATS"})),i=["connections","users","chats","messages"].map(r=>[l.moderation.stats[r],n?.[r]??0]);t.replaceChildren(...i.flatMap(([r,o])=>[c("dt",{},r),c("dd",{},ft(o))]))}function eh(e){let t=c("ul.results",{"aria-label":l.moderation.users}),{element:n,input:i}=G(l.moderation.findUser,{type:"search",required:!0});return c("div",{},c("form.inline",{onsubmit:lt(async()=>{let o=await A(e.client.command({type:"GET_USERS",search:i.value.trim(),limit:fs}));t.replaceChildren(...(o?.users??[]).map(a=>nh(e,a))),t.children.length===0&&t.append(c("li.empty",{},l.nothingFound))})},n,c("button",{type:"submit"},l.search)),t)}function nh(e,t){let{client:n}=e,i=N(t.displayName),r=async()=>{await pt({title:l.moderation.banTitle,text:l.moderation.banText(i),action:l.moderation.ban})&&await A(n.command({type:"BAN_USER",userId:t.id}))&&V(l.moderation.banned(i))},o=async()=>await A(n.command({type:"UNBAN_USER",userId:t.id}))&&V(l.moderation.unbanned(i)),a=async()=>await A(n.command({type:"DISCONNECT_USER",userId:t.id}))&&V(l.moderation.disconnected(i)),s=h=>{A(n.command({type:"SET_USER_ROLE",userId:t.id,role:h}))},u=ps[t.role]<ps[n.me.role];return c("li.moderated",{},wt(t,t.status),c("span.lines",{},c("strong",{},R(t.displayName)),c("small",{},R(`@${t.username}`),` · ${l.serverRoles[t.role]}`)),u&&c("span.actions",{},H(l.moderation.disconnect,()=>{a()}),H(l.moderation.ban,()=>{r()},"danger"),H(l.moderation.unban,()=>{o()}),n.me.role==="admin"&&Rt(l.profile.role,Xd.map(h=>({value:h,label:l.serverRoles[h]})),t.role,s)))}function ih(e){let t=c("ul.results",{"aria-label":l.moderation.log}),n=H(l.loadMore,()=>{o(i)});n.hidden=!0;let i,r=0,o=async a=>{let s=++r;n.hidden=!0;let u=await A(e.client.command({type:"GET_AUDIT_LOG",limit:fs,cursor:a}));s===r&&(n.hidden=(u?u.nextCursor:a)===void 0,u&&(a===void 0&&t.replaceChildren(),t.append(...u.entries.map(h=>rh(e,h))),i=u.nextCursor))};return{element:c("div",{},t,n),load:()=>o()}}function rh(e,{at:t,actorId:n,command:i,targetId:r,reason:o}){let{me:a,users:s}=e.client.state,u=d=>N((d===a?.id?a:s.get(d))?.displayName??d),h=r?`${u(n)} → ${u(r)}`:u(n);return c("li",{},c("span.lines",{},c("strong",{dir:"ltr"},i),c("small",{},Q(h),o?" · ":"",o?R(o):"")),c("time",{datetime:t},At(t)))}function bs(e){let t=ae(l.currentPassword,{autocomplete:"current-password"}),n=ae(l.newPassword,{minlength:8,autocomplete:"new-password"},l.passwordRules),i=async()=>{let r={oldPassword:t.input.value,newPassword:n.input.value};await A(e.client.command({type:"CHANGE_PASSWORD",...r}))&&(t.input.value=n.input.value="",V(l.passwordChanged))};return ye(l.changePassword,c("form",{onsubmit:lt(i)},t.element,n.element,c("button",{type:"submit"},l.changePassword)))}function ys(e){let{me:t}=e.client,n=G(l.displayName,{value:t.displayName,required:!0,maxlength:80}),i=G(l.username,{value:t.username,required:!0,minlength:3,maxlength:32,pattern:"[A-Za-z0-9_.\\-]{3,32}",title:l.usernameRules,dir:"ltr",spellcheck:"false"},l.usernameRules),r=G(l.emailOptional,{type:"email",value:t.email??"",dir:"ltr"});return c("form",{onsubmit:lt(async()=>{let a={...n.input.value.trim()!==t.displayName?{displayName:n.input.value.trim()}:{},...i.input.value.trim()!==t.username?{username:i.input.value.trim()}:{},...r.input.value.trim()&&r.input.value.trim()!==t.email?{email:r.input.value.trim()}:{}};if(Object.keys(a).length===0)return V(l.saved);await A(e.client.command({type:"UPDATE_USER",...a}))&&V(l.saved)})},n.element,i.element,r.element,c("button",{type:"submit"},l.save))}function ws(e){let{client:t}=e,n=c("ul.results",{"aria-label":l.sessions}),i=async()=>{let r=await A(t.command({type:"GET_SESSIONS"}));n.replaceChildren(...(r?.sessions??[]).map(({id:o,deviceId:a,lastSeenAt:s,current:u})=>{let h=async()=>await A(t.command({type:"REVOKE_SESSION",sessionId:o}))&&i();return c("li",{},c("span.lines",{},c("strong",{},a?R(a):l.unnamedDevice),c("small",{},l.lastUsed(At(s)))),u?c("span.chip",{},l.thisDevice):H(l.logOut,()=>{h()}))}))};return De(l.sessions,n,i)}function ks(e){let{client:t}=e,n=c("ul.results",{"aria-label":l.tokens}),i=c("div.secret",{hidden:!0,role:"status"}),r=async()=>{let d=await A(t.command({type:"GET_API_TOKENS"}));u.load(),n.replaceChildren(...(d?.tokens??[]).map(({id:m,name:p,scopes:f,lastUsedAt:x})=>{let C=async()=>{await pt({title:l.revokeTitle,text:l.revokeText(N(p)),action:l.revoke})&&await A(t.command({type:"REVOKE_API_TOKEN",tokenId:m}))&&await r()},E=x?l.lastUsed(At(x)):l.neverUsed;return c("li",{},c("span.lines",{},c("strong",{},R(p)),c("small",{},`${f.join(", ")} · ${E}`)),H(l.revoke,()=>{C()},"danger"))}))},o=G(l.tokenName,{required:!0,maxlength:80}),a=G(l.botUsernameOptional,{maxlength:32,dir:"ltr",spellcheck:"false"},l.botUsernameHint),s=async()=>{let d=await A(t.command({type:"CREATE_API_TOKEN",name:o.input.value.trim(),botUsername:a.input.value.trim()||void 0}));d&&(i.hidden=!1,i.replaceChildren(c("p",{},l.secretOnce),c("code",{dir:"ltr"},d.secret)),o.input.value=a.input.value="",await r())},u=oh(e,r),h=c("form",{onsubmit:lt(s)},o.element,a.element,c("button",{type:"submit"},l.createToken));return De(l.tokens,n,r,i,h,u.element)}function oh({client:e},t){let n=c("ul.results",{"aria-label":l.bots.title}),i=c("section",{hidden:!0},c("h3",{},l.bots.title),n);return{element:i,load:async()=>{let o=await A(e.command({type:"GET_BOTS"}));i.hidden=!o?.bots.length,n.replaceChildren(...(o?.bots??[]).map(({id:a,username:s,displayName:u})=>{let h=async()=>{await pt({title:l.bots.deleteTitle,text:l.bots.deleteText(N(u)),action:l.delete})&&await A(e.command({type:"DELETE_BOT",userId:a}))&&await t()};return c("li",{},c("span.lines",{},c("strong",{},R(u)),c("small",{},R(`@${s}`))),H(l.delete,()=>{h()},"danger"))}))}}}var ah=["system","light","dark"],sh=["comfortable","compact"],lh=[["en","English"],["de","Deutsch"],["ar","العربية"]];function vs(e){let t=e.client.me.kind==="human",n=ch(e),i=et(l.settings,ys(e),n.element,uh(),t&&bs(e),t&&ws(e),t&&ks(e),ms(e),e.client.me.role!=="member"&&gs(e),hs(e),c("footer",{},c("a",{href:"/docs",target:"_blank"},l.protocolReference),c("span.spacer"),t&&H(l.logOutEverywhere,()=>{e.logOut(!0)}),H(l.logOut,()=>{e.logOut(!1)},"primary")));i.classList.add("settings"),i.addEventListener("close",e.client.on("change",n.update))}function ch(e){let{client:t}=e,n=d=>{_t.set(d),t.command({type:"UPDATE_SETTINGS",settings:{theme:d}}).catch(()=>{})},i=d=>{Ke.set(d||void 0),location.reload()},r=d=>{A(t.command({type:"SET_PRESENCE",status:d}))},o=()=>t.me.status==="away"?"away":"online",a=Rt(l.appearance,ah.map(d=>({value:d,label:l.themes[d]})),_t.get(),n),s=Rt(l.showMeAs,[{value:"online",label:l.status.online},{value:"away",label:l.status.away}],o(),r),u=()=>{a.querySelector("select").value=_t.get(),s.querySelector("select").value=o()};return{element:c("div.grid",{},a,Rt(l.density,sh.map(d=>({value:d,label:l.densities[d]})),ue.get(),d=>ue.set(d)),Rt(l.language,[{value:"",label:l.browserLanguage},...lh.map(([d,m])=>({value:d,label:m}))],Ke.get()??"",i),s),update:u}}function uh(){let e=async t=>{if(t&&!await ds())return void V(l.notificationsBlocked);Qt.enable(t)};return c("div",{},In(l.highContrast,de.high(),de.set),ni()&&In(l.desktopNotifications,Qt.enabled(),t=>{e(t)}),In(l.sound,Qt.sound(),t=>Qt.setSound(t)))}var dh=200;function ii(e,t,n){let i=e.client.state.rooms.has(t.chatId)?e.client.chat(t.chatId):void 0,r=()=>{n(),e.showMessage(t)},o=i?l.inChat(N(rt(i))):l.inAnotherChat;return c("button.hit",{type:"button",onclick:r,disabled:!i},c("span.line",{},c("strong",{},R(t.sender.displayName)),c("small",{},Q(o)),c("time",{datetime:t.createdAt},Oe(t.createdAt))),c("span.text",{dir:"auto"},mt(t,dh)))}var hh=30;function xs(e){let t=c("ul.results",{"aria-label":l.mentions}),n=c("p.empty",{role:"status"},l.loading),i=H(l.loadMore,()=>{o()});i.hidden=!0;let r,o=async()=>{i.hidden=!0;try{let s=await e.client.command({type:"GET_MENTIONS",limit:hh,cursor:r});t.append(...s.messages.map(u=>mh(e,u,()=>a.close()))),r=s.nextCursor,i.hidden=r===void 0,n.textContent=t.children.length?"":l.noMentions}catch(s){n.textContent=dt(s)}},a=et(l.mentions,n,t,i);o()}function mh(e,t,n){let i=e.client.state.rooms.get(t.chatId)?.chat.readSeq??1/0,r=t.seq>i;return c(r?"li.unread":"li",{},ii(e,t,n),r&&c("span.unread-dot",{role:"img","aria-label":l.unread}))}var ph=8,fh=2,gh=0;function an(e,t,{several:n}){let i=`people-${++gh}`,r=c("datalist",{id:i}),{element:o,input:a}=G(t,{list:i,placeholder:n?"ann, ben":"ann",autocapitalize:"none",spellcheck:"false",dir:"ltr",required:!n}),s=0,u=async()=>{let d=++s,m=a.value.split(","),p=m.pop().trim().replace(/^@/,"");if(p.length<fh)return;let f=m.length?`${m.join(",")}, `:"",x=await e.client.command({type:"GET_USERS",search:p,limit:ph}).catch(()=>{});d===s&&r.replaceChildren(...(x?.users??[]).map(C=>c("option",{value:f+C.username},C.displayName)))};return a.addEventListener("input",()=>{u()}),o.append(r),{element:o,names:()=>a.value.split(",").map(d=>d.trim().replace(/^@/,"")).filter(Boolean),clear:()=>a.value=""}}function ri({all:e,labels:t,content:n}){let i=d=>`tab-${d}`,r=c("div.panel",{role:"tabpanel",id:"tab-panel"}),o=d=>{for(let[m,p]of u.entries()){let f=e[m]===d;p.setAttribute("aria-selected",String(f)),p.tabIndex=f?0:-1}r.setAttribute("aria-labelledby",i(d)),r.replaceChildren(n(d))},a=d=>{let m=u.findIndex(v=>v.tabIndex===0),p=getComputedStyle(h).direction==="rtl"?"ArrowLeft":"ArrowRight",f=p==="ArrowLeft"?"ArrowRight":"ArrowLeft",C={[p]:m+1,[f]:m-1,Home:0,End:-1}[d.key];if(C===void 0||u[m].disabled)return;d.preventDefault();let E=(C+e.length)%e.length;o(e[E]),u[E].focus()},s=d=>{o(d),r.querySelector("input")?.focus()},u=e.map(d=>c("button",{type:"button",role:"tab",id:i(d),"aria-controls":"tab-panel",onclick:()=>s(d)},t[d])),h=c("div.tabs",{role:"tablist",onkeydown:a},...u);return o(e[0]),[h,r]}var bh=["direct","group","channel","browse"],yh=50,wh=200;function sn(e){let t=o=>{r.close(),e.open(o.id)},n=o=>o==="browse"?vh(e,t):kh(e,o,t),i=c("div",{},...ri({all:bh,labels:l.newChatTabs,content:n})),r=et(l.newChat,i);i.querySelector("input")?.focus()}function kh(e,t,n){let i=an(e,l.username,{several:!1}),r=G(t==="channel"?l.channelName:l.name,{required:t==="channel",maxlength:80}),o=G(l.descriptionOptional,{maxlength:500}),a=an(e,l.membersOptional,{several:!0}),s=async()=>{if(t==="direct")return e.client.direct(i.names()[0]??"");let p={name:r.input.value.trim().replace(/^#/,"")||void 0,description:o.input.value.trim()||void 0};return e.client.create({kind:t,...p,members:a.names()})},u=c("p.problem",{role:"alert",id:"new-chat-problem"}),h=async()=>{try{n(await s())}catch(p){u.textContent=Re(p)}},d=t==="direct"?[i.element]:[r.element,o.element,a.element];for(let p of d)p.querySelector("input")?.setAttribute("aria-describedby",u.id);let m=()=>u.textContent="";return c("form",{onsubmit:lt(h),oninput:m},c("p.hint",{},l.newChatHints[t]),...d,u,c("button.primary",{type:"submit"},t==="direct"?l.openChat:l.create))}function vh(e,t){let n=c("ul.results",{"aria-label":l.channels}),i=c("p.empty",{role:"status"}),r=0,o,a=async()=>{let d=++r,m=await A(e.client.command({type:"GET_CHATS",scope:"public",search:h.value.trim()||void 0,limit:yh}));d!==r||!m||(n.replaceChildren(...m.chats.map(p=>xh(e,p,t))),i.textContent=m.chats.length?"":l.noChannelOfThatName)},s=()=>{clearTimeout(o),o=setTimeout(()=>{a()},wh)},{element:u,input:h}=G(l.findChannel,{type:"search",oninput:s});return a(),c("div",{},u,i,n)}function xh(e,t,n){let i=e.client.state.rooms.has(t.id),r=async()=>{let o=i?e.client.chat(t.id):await A(e.client.join(t.id));o&&n(o)};return c("li.channel",{},c("span.lines",{},c("strong",{},R(`#${t.name}`)),c("small",{},l.members(t.memberCount),t.description&&" · ",t.description&&R(t.description))),c("button",{type:"button",onclick:()=>{r()}},i?l.open:l.join))}var Eh=250,Sh=50;function oi(e,t){let n=c("ul.results",{"aria-label":l.results}),i=c("p.empty",{role:"status"}),r,o=0,a=(p,f)=>{n.replaceChildren(...p.map(x=>c("li",{},ii(e,x,()=>m.close())))),i.textContent=f},s=async()=>{let p=d.value.trim(),f=++o;if(!p)return a([],"");i.textContent=l.searching;try{let{messages:x}=await e.client.command({type:"SEARCH_MESSAGES",query:p,chatId:t?.id,limit:Sh});f===o&&a(x,x.length?l.found(x.length):l.nothingFound)}catch(x){f===o&&a([],dt(x))}},u=()=>{clearTimeout(r),r=setTimeout(()=>{s()},Eh)},{element:h,input:d}=G(t?l.searchIn(N(t.name)):l.searchAllChats,{type:"search",oninput:u}),m=et(l.search,h,i,n);d.focus()}var Es=70,ai=class{element;#t;#e=c("ul.chats",{"aria-label":l.chats});#n=c("button.me",{type:"button",title:l.settings,onclick:()=>vs(this.#t)});#i;#r=c("span.badge.mention-badge",{hidden:!0});#o;#a=new Map;#l=!1;#s=!1;constructor(t){this.#t=t,this.#o=c("input",{type:"search",placeholder:l.filterChats,"aria-label":l.filterChats,dir:"auto",oninput:()=>this.draw(),onkeydown:i=>this.#h(i)}),this.#i=$("at",l.mentions,()=>xs(t)),this.#i.append(this.#r);let n=[this.#i,$("search",l.searchMessages,()=>oi(t)),$("plus",l.newChat,()=>sn(t))];this.#e.addEventListener("keydown",i=>this.#b(i)),this.element=c("nav.sidebar",{"aria-label":l.chats},c("header",{},this.#n,...n),this.#o,this.#e)}loaded(){this.#l=!0,this.draw(),this.#s&&this.#g()}draw(){if(this.#c(),!this.#l)return this.#e.replaceChildren(...Array.from({length:6},Th));let n=oe(this.#t,this.#o.value).map(r=>this.#d(r));n.length===0&&n.push(this.#u()),ti(this.#e,n);let i=this.#t.client.chats.reduce((r,{object:o})=>r+(o.mentionCount??0),0);this.#r.hidden=i===0,this.#r.textContent=ft(i),this.#i.setAttribute("aria-label",i?`${l.mentions}, ${l.mentionCount(i)}`:l.mentions)}#c(){let{me:t}=this.#t.client.state;if(this.#n.disabled=!t,!t)return this.#n.replaceChildren(c("span.bone.disc"),c("span.bone.width-2"));this.#n.replaceChildren(wt(t,t.status),c("span.lines",{},c("strong",{},R(t.displayName)),c("small",{},R(`@${t.username}`))))}#u(){let t=this.#o.value.trim()!=="";return c("li.empty",{},t?l.noChatOfThatName:l.noChatsYet,!t&&c("button.primary",{type:"button",onclick:()=>sn(this.#t)},l.startAChat))}#d(t){let{object:n}=t,i=t.id===this.#t.chat?.id,r=this.#p(t),o=JSON.stringify([rt(t),r,n.unreadCount,n.mentionCount,n.muted,i,t.pending.length,n.peer?.status,n.lastMessage?.createdAt]),a=this.#a.get(t.id);if(a?.drawn===o)return a.element;let s=a?.element??c("li"),u=s.contains(document.activeElement);return s.replaceChildren(this.#m(t,i,r)),u&&s.querySelector("button").focus({preventScroll:!0}),this.#a.set(t.id,{element:s,drawn:o}),s}#p(t){let[n]=t.typingUsers;if(n)return l.typing(N(n.displayName),1);let{lastMessage:i,description:r,kind:o}=t.object;if(!i)return r?N(Ve(r,Es)):l.noMessagesYet;let a=N(mt(i,Es)||l.attachment);return i.sender.id===this.#t.client.state.me?.id?l.says(l.you,a):o==="direct"?a:l.says(N(i.sender.displayName),a)}#m(t,n,i){let{unreadCount:r=0,mentionCount:o=0,muted:a,lastMessage:s}=t.object,u=t.pending.length;return c("button.chat",{type:"button","aria-current":n?"true":void 0,onclick:()=>this.#t.open(t.id),"data-chat":t.id},Le(t),c("span.lines",{},c(r&&!a?"strong.name.unread":"strong.name",{},R(rt(t))),c("small",{},Q(i))),c("span.side",{},c("span.top",{},a&&c("span.quiet",{role:"img","aria-label":l.muted,title:l.muted},Y("muted")),s&&c("time",{datetime:s.createdAt},Oe(s.createdAt))),c("span.badges",{},u>0&&c("span.unsent",{role:"img","aria-label":l.unsent(u),title:l.unsent(u)},Y("clock")),o>0&&c("span.badge.mention-badge",{role:"img",dir:"ltr","aria-label":l.mentionCount(o),title:l.mentionCount(o)},`@${ft(o)}`),r>0&&c(a?"span.badge.muted":"span.badge",{role:"img","aria-label":l.unreadCount(r),title:l.unreadCount(r)},ft(r)))))}#h(t){t.key==="ArrowDown"?(this.#e.querySelector("button")?.focus(),t.preventDefault()):t.key==="Enter"?this.#l?this.#g():this.#s=!0:t.key==="Escape"?this.#f():this.#s=!1}#g(){let[t]=oe(this.#t,this.#o.value);t&&(this.#f(),this.#o.blur(),this.#t.open(t.id))}#f(){this.#s=!1,this.#o.value="",this.draw()}#b(t){let n={ArrowDown:1,ArrowUp:-1}[t.key];if(n===void 0||t.altKey)return;let i=[...this.#e.querySelectorAll("button")];(i[i.indexOf(document.activeElement)+n]??(n<0?this.#o:void 0))?.focus(),t.preventDefault()}},Th=()=>c("li.skeleton-row",{"aria-hidden":"true"},c("span.bone.disc"),c("span.lines",{},c("span.bone.width-2"),c("span.bone.width-4")));var Lr=[{key:"smileys",lines:`😀	grinning face	cheerful cheery grin happy laugh nice smile smiling teeth
😃	grinning face with big eyes	awesome grin happy mouth open smile smiling teeth yay
😄	grinning face with smiling eyes	eye grin happy laugh lol mouth open smile
😁	beaming face with smiling eyes	eye grin grinning happy nice smile teeth
😆	grinning squinting face	closed eyes haha hahaha happy laugh lol mouth open rofl smile smiling
😅	grinning face with sweat	cold dejected excited mouth nervous open smile smiling stress stressed
🤣	rolling on the floor laughing	crying face funny haha happy hehe hilarious joy laugh lmao lol rofl roflmao tear
😂	face with tears of joy	crying feels funny haha happy hehe hilarious laugh lmao lol rofl roflmao tear
🙂	slightly smiling face	happy smile
🙃	upside-down face	hehe smile
🫠	melting face	disappear dissolve embarrassed haha heat hot liquid lol melt sarcasm sarcastic
😉	winking face	flirt heartbreaker sexy slide tease wink winks
😊	smiling face with smiling eyes	blush eye glad satisfied smile
😇	smiling face with halo	angel angelic angels blessed fairy fairytale fantasy happy innocent peaceful smile spirit tale
🥰	smiling face with hearts	3 adore crush heart ily love romance smile you
😍	smiling face with heart-eyes	143 bae eye feels hearts ily kisses love romance romantic smile xoxo
🤩	star-struck	excited eyes face grinning smile star starry-eyed wow
😘	face blowing a kiss	adorbs bae flirt heart ily love lover miss muah romantic smooch xoxo you
😗	kissing face	143 date dating flirt ily kiss love smooch smooches xoxo you
☺️	smiling face	happy outlined relaxed smile
😚	kissing face with closed eyes	143 bae blush date dating eye flirt ily kisses smooches xoxo
😙	kissing face with smiling eyes	143 closed date dating eye flirt ily kiss kisses love night smile
🥲	smiling face with tear	glad grateful happy joy pain proud relieved smile smiley touched
😋	face savoring food	delicious eat full hungry savor smile smiling tasty um yum yummy
😛	face with tongue	awesome cool nice party stuck-out sweet
😜	winking face with tongue	crazy epic eye funny joke loopy nutty party stuck-out wacky weirdo wink yolo
🤪	zany face	crazy eye eyes goofy large small
😝	squinting face with tongue	closed eye eyes gross horrible omg stuck-out taste whatever yolo
🤑	money-mouth face	money mouth paid
🤗	smiling face with open hands	hug hugging
🤭	face with hand over mouth	giggle giggling oops realization secret shock sudden surprise whoops
🫢	face with open eyes and hand over mouth	amazement awe disbelief embarrass gasp omg quiet scared shock surprise
🫣	face with peeking eye	captivated embarrass hide hiding peek peep scared shy stare
🤫	shushing face	quiet shh shush
🤔	thinking face	chin consider hmm ponder pondering wondering
🫡	saluting face	good luck ma am ok respect salute sir troops yes
🤐	zipper-mouth face	keep mouth quiet secret shut zip zipper
🤨	face with raised eyebrow	disapproval disbelief distrust emoji hmm mild skeptic skeptical skepticism surprise what
😐️	neutral face	awkward blank deadpan expressionless fine jealous meh oh shade straight unamused unhappy unimpressed whatever
😑	expressionless face	awkward dead fine inexpressive jealous meh not oh omg straight uh unhappy unimpressed whatever
😶	face without mouth	awkward blank expressionless mouthless mute quiet secret silence silent speechless
🫥	dotted line face	depressed disappear hidden hide introvert invisible meh whatever wtv
😶‍🌫️	face in clouds	absentminded fog head
😏	smirking face	boss dapper flirt homie kidding leer shade slick sly smirk smug snicker suave suspicious swag
😒	unamused face	bored fine jealous jel jelly pissed smh ugh uhh unhappy weird whatever
🙄	face with rolling eyes	eyeroll shade ugh whatever
😬	grimacing face	awk awkward dentist grimace grinning smile smiling
😮‍💨	face exhaling	blow blowing exhale exhausted gasp groan relief sigh smiley smoke whisper whistle
🤥	lying face	liar lie pinocchio
🫨	shaking face	crazy daze earthquake omg panic shock surprise vibrate whoa wow
😌	relieved face	calm peace relief zen
😔	pensive face	awful bored dejected died disappointed losing lost sad sucks
😪	sleepy face	crying good night sad sleep sleeping tired
🤤	drooling face	
😴	sleeping face	bed bedtime good goodnight nap night sleep tired whatever yawn zzz
😷	face with medical mask	cold dentist dermatologist doctor dr germs medicine sick
🤒	face with thermometer	ill sick
🤕	face with head-bandage	bandage hurt injury ouch
🤢	nauseated face	gross nasty sick vomit
🤮	face vomiting	barf ew gross puke sick spew throw up vomit
🤧	sneezing face	fever flu gesundheit sick sneeze
🥵	hot face	dying feverish heat panting red-faced stroke sweating tongue
🥶	cold face	blue blue-faced freezing frostbite icicles subzero teeth
🥴	woozy face	dizzy drunk eyes intoxicated mouth tipsy uneven wavy
😵	face with crossed-out eyes	dead dizzy feels knocked out sick tired
😵‍💫	face with spiral eyes	confused dizzy hypnotized omg smiley trouble whoa woah woozy
🤯	exploding head	blown explode mind mindblown no shocked way
🤠	cowboy hat face	cowgirl
🥳	partying face	bday birthday celebrate celebration excited happy hat hooray horn party
🥸	disguised face	disguise eyebrow glasses incognito moustache mustache nose person spy tache tash
😎	smiling face with sunglasses	awesome beach bright bro chilling cool rad relaxed shades slay smile style swag win
🤓	nerd face	brainy clever expert geek gifted glasses intelligent smart
🧐	face with monocle	classy fancy rich stuffy wealthy
😕	confused face	befuddled confusing dunno frown hm meh not sad sorry sure
🫤	face with diagonal mouth	confused confusion disappointed doubt doubtful frustrated frustration meh skeptical unsure whatever wtv
😟	worried face	anxious butterflies nerves nervous sad stress stressed surprised worry
🙁	slightly frowning face	frown sad
☹️	frowning face	frown sad
😮	face with open mouth	believe forgot omg shocked surprised sympathy unbelievable unreal whoa wow you
😯	hushed face	epic omg stunned surprised whoa woah
😲	astonished face	cost no omg shocked totally way
😳	flushed face	amazed awkward crazy dazed dead disbelief embarrassed geez heat hot impressed jeez what wow
🥺	pleading face	begging big eyes mercy not please pretty puppy sad why
🥹	face holding back tears	admiration aww cry embarrassed feelings grateful gratitude joy please proud resist sad
😦	frowning face with open mouth	caught frown guard scared scary surprise what wow
😧	anguished face	forgot scared scary stressed surprise unhappy what wow
😨	fearful face	afraid anxious blame fear scared worried
😰	anxious face with sweat	blue cold eek mouth nervous open rushed scared yikes
😥	sad but relieved face	anxious call close complicated disappointed not sweat time whew
😢	crying face	awful cry feels miss sad tear triste unhappy
😭	loudly crying face	bawling cry sad sob tear tears unhappy
😱	face screaming in fear	epic fearful munch scared scream screamer shocked surprised woah
😖	confounded face	annoyed confused cringe distraught feels frustrated mad sad
😣	persevering face	concentrate concentration focus headache persevere
😞	disappointed face	awful blame dejected fail losing sad unhappy
😓	downcast face with sweat	close cold feels headache nervous sad scared yikes
😩	weary face	crying fail feels hungry mad nooo sad sleepy tired unhappy
😫	tired face	cost feels nap sad sneeze
🥱	yawning face	bedtime bored goodnight nap night sleep sleepy tired whatever yawn zzz
😤	face with steam from nose	anger angry feels fume fuming furious fury mad triumph unhappy won
😡	enraged face	anger angry feels mad maddening pouting rage red shade unhappy upset
😠	angry face	anger blame feels frustrated mad maddening rage shade unhappy upset
🤬	face with symbols on mouth	censor cursing cussing mad pissed swearing
😈	smiling face with horns	demon devil evil fairy fairytale fantasy purple shade smile tale
👿	angry face with horns	demon devil evil fairy fairytale fantasy imp mischievous purple shade tale
💀	skull	body dead death face fairy fairytale i m lmao monster tale yolo
☠️	skull and crossbones	bone dead death face monster
💩	pile of poo	bs comic doo dung face fml monster poop smelly smh stink stinks stinky turd
🤡	clown face	
👹	ogre	creature devil face fairy fairytale fantasy mask monster scary tale
👺	goblin	angry creature face fairy fairytale fantasy mask mean monster tale
👻	ghost	boo creature excited face fairy fairytale fantasy halloween haunting monster scary silly tale
👽️	alien	creature extraterrestrial face fairy fairytale fantasy monster space tale ufo
👾	alien monster	creature extraterrestrial face fairy fairytale fantasy game gamer games pixelated space tale ufo
🤖	robot	face monster
😺	grinning cat	animal face mouth open smile smiling
😸	grinning cat with smiling eyes	animal eye face grin smile
😹	cat with tears of joy	animal face laugh laughing lol tear
😻	smiling cat with heart-eyes	animal eye face heart love smile
😼	cat with wry smile	animal face ironic
😽	kissing cat	animal closed eye eyes face kiss
🙀	weary cat	animal face oh surprised
😿	crying cat	animal cry face sad tear
😾	pouting cat	animal face
🙈	see-no-evil monkey	embarrassed evil face forbidden forgot gesture hide no omg prohibited scared secret smh watch
🙉	hear-no-evil monkey	animal ears evil face forbidden gesture hear listen no not prohibited secret shh tmi
🙊	speak-no-evil monkey	animal evil face forbidden gesture no not oops prohibited quiet secret speak stealth
💌	love letter	heart mail romance valentine
💘	heart with arrow	143 adorbs cupid date emotion ily love romance valentine
💝	heart with ribbon	143 anniversary emotion ily kisses valentine xoxo
💖	sparkling heart	143 emotion excited good ily kisses morning night sparkle xoxo
💗	growing heart	143 emotion excited heartpulse ily kisses muah nervous pulse xoxo
💓	beating heart	143 cardio emotion heartbeat ily love pulsating pulse
💞	revolving hearts	143 adorbs anniversary emotion heart
💕	two hearts	143 anniversary date dating emotion heart ily kisses love loving xoxo
💟	heart decoration	143 emotion hearth purple white
❣️	heart exclamation	heavy mark punctuation
💔	broken heart	break crushed emotion heartbroken lonely sad
❤️‍🔥	heart on fire	burn love lust sacred
❤️‍🩹	mending heart	healthier improving recovering recuperating well
❤️	red heart	emotion love
🩷	pink heart	143 adorable cute emotion ily like love special sweet
🧡	orange heart	143
💛	yellow heart	143 cardiac emotion ily love
💚	green heart	143 emotion ily love romantic
💙	blue heart	143 emotion ily love romance
🩵	light blue heart	143 cute cyan emotion ily like love sky special teal
💜	purple heart	143 bestest emotion ily love
🤎	brown heart	143
🖤	black heart	evil wicked
🩶	grey heart	143 emotion gray ily love silver slate special
🤍	white heart	143
💋	kiss mark	dating emotion heart kissing lips romance sexy
💯	hundred points	100 a+ agree clearly definitely faithful fleek full keep perfect point score true truth yup
💢	anger symbol	angry comic mad upset
💥	collision	bomb boom collide comic explode
💫	dizzy	comic shining shooting star stars
💦	sweat droplets	comic drip droplet drops splashing squirt water wet work workout
💨	dashing away	cloud comic dash fart fast go gone gotta running smoke
🕳️	hole	
💬	speech balloon	bubble comic dialog message sms talk text typing
👁️‍🗨️	eye in speech bubble	balloon witness
🗨️	left speech bubble	balloon dialog
🗯️	right anger bubble	angry balloon mad
💭	thought balloon	bubble cartoon cloud comic daydream decisions dream idea invent invention realize think thoughts wonder
💤	ZZZ	comic good goodnight night sleep sleeping sleepy tired`},{key:"people",lines:`👋	waving hand	bye cya g2g greetings gtg hello hey hi later outtie ttfn ttyl wave yo you
🤚	raised back of hand	backhand
🖐️	hand with fingers splayed	finger raised stop
✋️	raised hand	5 five high stop
🖖	vulcan salute	finger hand hands
🫱	rightwards hand	handshake hold reach right rightward shake
🫲	leftwards hand	handshake hold left leftward reach shake
🫳	palm down hand	dismiss drop dropped pick shoo up
🫴	palm up hand	beckon catch come hold know lift me offer tell
🫷	leftwards pushing hand	block five halt high hold leftward pause push refuse slap stop wait
🫸	rightwards pushing hand	block five halt high hold pause push refuse rightward slap stop wait
👌	OK hand	awesome bet dope fleek fosho got gotcha legit okay pinch rad sure sweet three
🤌	pinched fingers	gesture hand hold huh interrogation patience relax sarcastic ugh what zip
🤏	pinching hand	amount bit fingers little small sort
✌️	victory hand	peace v
🤞	crossed fingers	cross finger hand luck
🫰	hand with index finger and thumb crossed	3 expensive heart love money snap
🤟	love-you gesture	fingers hand ily love three you
🤘	sign of the horns	finger hand rock-on
🤙	call me hand	hang loose shaka
👈️	backhand index pointing left	finger hand point
👉️	backhand index pointing right	finger hand point
👆️	backhand index pointing up	finger hand point
🖕	middle finger	hand
👇️	backhand index pointing down	finger hand point
☝️	index pointing up	finger hand point this
🫵	index pointing at the viewer	finger hand poke you
👍️	thumbs up	+1 good hand like thumb yes
👎️	thumbs down	-1 bad dislike good hand no nope thumb
✊️	raised fist	clenched hand punch solidarity
👊	oncoming fist	absolutely agree boom bro bruh bump clenched correct hand knuckle pound punch rock ttyl
🤛	left-facing fist	leftwards
🤜	right-facing fist	rightwards
👏	clapping hands	applause approval awesome clap congrats congratulations excited good great hand homie job nice prayed well yay
🙌	raising hands	celebration gesture hand hooray praise raised
🫶	heart hands	3 love you
👐	open hands	hand hug jazz swerve
🤲	palms up together	cupped dua hands pray prayer wish
🤝	handshake	agreement deal hand meeting shake
🙏	folded hands	appreciate ask beg blessed bow cmon five gesture hand high please pray thanks thx
✍️	writing hand	write
💅	nail polish	bored care cosmetics done makeup manicure whatever
🤳	selfie	camera phone
💪	flexed biceps	arm beast bench bodybuilder bro curls flex gains gym jacked muscle press ripped strong weightlift
🦾	mechanical arm	accessibility prosthetic
🦿	mechanical leg	accessibility prosthetic
🦵	leg	bent foot kick knee limb
🦶	foot	ankle feet kick stomp
👂️	ear	body ears hear hearing listen listening sound
🦻	ear with hearing aid	accessibility hard
👃	nose	body noses nosey odor smell smells
🧠	brain	intelligent smart
🫀	anatomical heart	beat cardiology heartbeat organ pulse real red
🫁	lungs	breath breathe exhalation inhalation lung organ respiration
🦷	tooth	dentist pearly teeth white
🦴	bone	bones dog skeleton wishbone
👀	eyes	body eye face googly look looking omg peep see seeing
👁️	eye	1 body one
👅	tongue	body lick slurp
👄	mouth	beauty body kiss kissing lips lipstick
🫦	biting lip	anxious bite fear flirt flirting kiss lipstick nervous sexy uncomfortable worried worry
👶	baby	babies children goo infant newborn pregnant young
🧒	child	bright-eyed grandchild kid young younger
👦	boy	bright-eyed child grandson kid son young younger
👧	girl	bright-eyed child daughter granddaughter kid virgo young younger zodiac
🧑	person	adult
👱	person: blond hair	blond-haired human
👨	man	adult bro
🧔	person: beard	bearded whiskers
🧔‍♂️	man: beard	bearded whiskers
🧔‍♀️	woman: beard	bearded whiskers
👨‍🦰	man: red hair	adult bro
👨‍🦱	man: curly hair	adult bro
👨‍🦳	man: white hair	adult bro
👨‍🦲	man: bald	adult bro
👩	woman	adult lady
👩‍🦰	woman: red hair	adult lady
🧑‍🦰	person: red hair	adult
👩‍🦱	woman: curly hair	adult lady
🧑‍🦱	person: curly hair	adult
👩‍🦳	woman: white hair	adult lady
🧑‍🦳	person: white hair	adult
👩‍🦲	woman: bald	adult lady
🧑‍🦲	person: bald	adult
👱‍♀️	woman: blond hair	blond-haired blonde
👱‍♂️	man: blond hair	blond-haired
🧓	older person	adult elderly grandparent old wise
👴	old man	adult bald elderly gramps grandfather grandpa wise
👵	old woman	adult elderly grandma grandmother granny lady wise
🙍	person frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙍‍♂️	man frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙍‍♀️	woman frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙎	person pouting	disappointed downtrodden frown grimace scowl sulk upset whine
🙎‍♂️	man pouting	disappointed downtrodden frown grimace scowl sulk upset whine
🙎‍♀️	woman pouting	disappointed downtrodden frown grimace scowl sulk upset whine
🙅	person gesturing NO	forbidden gesture hand not prohibit
🙅‍♂️	man gesturing NO	forbidden gesture hand not prohibit
🙅‍♀️	woman gesturing NO	forbidden gesture hand not prohibit
🙆	person gesturing OK	exercise gesture hand omg
🙆‍♂️	man gesturing OK	exercise gesture hand omg
🙆‍♀️	woman gesturing OK	exercise gesture hand omg
💁	person tipping hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
💁‍♂️	man tipping hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
💁‍♀️	woman tipping hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
🙋	person raising hand	gesture here know me pick question raise
🙋‍♂️	man raising hand	gesture here know me pick question raise
🙋‍♀️	woman raising hand	gesture here know me pick question raise
🧏	deaf person	accessibility ear gesture hear
🧏‍♂️	deaf man	accessibility ear gesture hear
🧏‍♀️	deaf woman	accessibility ear gesture hear
🙇	person bowing	apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🙇‍♂️	man bowing	apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🙇‍♀️	woman bowing	apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🤦	person facepalming	again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤦‍♂️	man facepalming	again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤦‍♀️	woman facepalming	again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤷	person shrugging	doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🤷‍♂️	man shrugging	doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🤷‍♀️	woman shrugging	doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🧑‍⚕️	health worker	doctor healthcare nurse therapist
👨‍⚕️	man health worker	doctor healthcare nurse therapist
👩‍⚕️	woman health worker	doctor healthcare nurse therapist
🧑‍🎓	student	graduate
👨‍🎓	man student	graduate
👩‍🎓	woman student	graduate
🧑‍🏫	teacher	instructor lecturer professor
👨‍🏫	man teacher	instructor lecturer professor
👩‍🏫	woman teacher	instructor lecturer professor
🧑‍⚖️	judge	justice law scales
👨‍⚖️	man judge	justice law scales
👩‍⚖️	woman judge	justice law scales
🧑‍🌾	farmer	gardener rancher
👨‍🌾	man farmer	gardener rancher
👩‍🌾	woman farmer	gardener rancher
🧑‍🍳	cook	chef
👨‍🍳	man cook	chef
👩‍🍳	woman cook	chef
🧑‍🔧	mechanic	electrician plumber tradesperson
👨‍🔧	man mechanic	electrician plumber tradesperson
👩‍🔧	woman mechanic	electrician plumber tradesperson
🧑‍🏭	factory worker	assembly industrial
👨‍🏭	man factory worker	assembly industrial
👩‍🏭	woman factory worker	assembly industrial
🧑‍💼	office worker	architect business manager white-collar
👨‍💼	man office worker	architect business manager white-collar
👩‍💼	woman office worker	architect business manager white-collar
🧑‍🔬	scientist	biologist chemist engineer mathematician physicist
👨‍🔬	man scientist	biologist chemist engineer mathematician physicist
👩‍🔬	woman scientist	biologist chemist engineer mathematician physicist
🧑‍💻	technologist	coder computer developer inventor software
👨‍💻	man technologist	coder computer developer inventor software
👩‍💻	woman technologist	coder computer developer inventor software
🧑‍🎤	singer	actor entertainer rock rockstar star
👨‍🎤	man singer	actor entertainer rock rockstar star
👩‍🎤	woman singer	actor entertainer rock rockstar star
🧑‍🎨	artist	palette
👨‍🎨	man artist	palette
👩‍🎨	woman artist	palette
🧑‍✈️	pilot	plane
👨‍✈️	man pilot	plane
👩‍✈️	woman pilot	plane
🧑‍🚀	astronaut	rocket space
👨‍🚀	man astronaut	rocket space
👩‍🚀	woman astronaut	rocket space
🧑‍🚒	firefighter	fire firetruck
👨‍🚒	man firefighter	fire firetruck
👩‍🚒	woman firefighter	fire firetruck
👮	police officer	apprehend arrest citation cop law over pulled undercover
👮‍♂️	man police officer	apprehend arrest citation cop law over pulled undercover
👮‍♀️	woman police officer	apprehend arrest citation cop law over pulled undercover
🕵️	detective	sleuth spy
🕵️‍♂️	man detective	sleuth spy
🕵️‍♀️	woman detective	sleuth spy
💂	guard	buckingham helmet london palace
💂‍♂️	man guard	buckingham helmet london palace
💂‍♀️	woman guard	buckingham helmet london palace
🥷	ninja	assassin fight fighter hidden person secret skills sly soldier stealth war
👷	construction worker	build fix hardhat hat man person rebuild remodel repair work
👷‍♂️	man construction worker	build fix hardhat hat rebuild remodel repair work
👷‍♀️	woman construction worker	build fix hardhat hat man rebuild remodel repair work
🫅	person with crown	monarch noble regal royal royalty
🤴	prince	crown fairy fairytale fantasy king royal royalty tale
👸	princess	crown fairy fairytale fantasy queen royal royalty tale
👳	person wearing turban	
👳‍♂️	man wearing turban	
👳‍♀️	woman wearing turban	
👲	person with skullcap	cap chinese gua guapi hat mao pi
🧕	woman with headscarf	bandana head hijab kerchief mantilla tichel
🤵	person in tuxedo	formal wedding
🤵‍♂️	man in tuxedo	formal groom wedding
🤵‍♀️	woman in tuxedo	formal wedding
👰	person with veil	wedding
👰‍♂️	man with veil	wedding
👰‍♀️	woman with veil	bride wedding
🤰	pregnant woman	
🫃	pregnant man	belly bloated full overeat
🫄	pregnant person	belly bloated full overeat stuffed
🤱	breast-feeding	baby breast feeding mom mother nursing woman
👩‍🍼	woman feeding baby	feed mom mother nanny newborn nursing
👨‍🍼	man feeding baby	dad father feed nanny newborn nursing
🧑‍🍼	person feeding baby	feed nanny newborn nursing parent
👼	baby angel	church face fairy fairytale fantasy tale
🎅	Santa Claus	celebration christmas fairy fantasy father holiday merry tale xmas
🤶	Mrs. Claus	celebration christmas fairy fantasy holiday merry mother santa tale xmas
🧑‍🎄	Mx Claus	celebration christmas fairy fantasy holiday merry santa tale xmas
🦸	superhero	good hero superpower
🦸‍♂️	man superhero	good hero superpower
🦸‍♀️	woman superhero	good hero heroine superpower
🦹	supervillain	bad criminal evil superpower villain
🦹‍♂️	man supervillain	bad criminal evil superpower villain
🦹‍♀️	woman supervillain	bad criminal evil superpower villain
🧙	mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧙‍♂️	man mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧙‍♀️	woman mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧚	fairy	fairytale fantasy myth person pixie tale wings
🧚‍♂️	man fairy	fairytale fantasy myth oberon person pixie puck tale wings
🧚‍♀️	woman fairy	fairytale fantasy myth person pixie tale titania wings
🧛	vampire	blood dracula fangs halloween scary supernatural teeth undead
🧛‍♂️	man vampire	blood fangs halloween scary supernatural teeth undead
🧛‍♀️	woman vampire	blood fangs halloween scary supernatural teeth undead
🧜	merperson	creature fairytale folklore ocean sea siren trident
🧜‍♂️	merman	creature fairytale folklore neptune ocean poseidon sea siren trident triton
🧜‍♀️	mermaid	creature fairytale folklore merwoman ocean sea siren trident
🧝	elf	elves enchantment fantasy folklore magic magical myth
🧝‍♂️	man elf	elves enchantment fantasy folklore magic magical myth
🧝‍♀️	woman elf	elves enchantment fantasy folklore magic magical myth
🧞	genie	djinn fantasy jinn lamp myth rub wishes
🧞‍♂️	man genie	djinn fantasy jinn lamp myth rub wishes
🧞‍♀️	woman genie	djinn fantasy jinn lamp myth rub wishes
🧟	zombie	apocalypse dead halloween horror scary undead walking
🧟‍♂️	man zombie	apocalypse dead halloween horror scary undead walking
🧟‍♀️	woman zombie	apocalypse dead halloween horror scary undead walking
🧌	troll	fairy fantasy monster tale trolling
💆	person getting massage	face headache relax relaxing salon soothe spa tension therapy treatment
💆‍♂️	man getting massage	face headache relax relaxing salon soothe spa tension therapy treatment
💆‍♀️	woman getting massage	face headache relax relaxing salon soothe spa tension therapy treatment
💇	person getting haircut	barber beauty chop cosmetology cut groom hair parlor shears style
💇‍♂️	man getting haircut	barber beauty chop cosmetology cut groom hair parlor person shears style
💇‍♀️	woman getting haircut	barber beauty chop cosmetology cut groom hair parlor person shears style
🚶	person walking	amble gait hike man pace pedestrian stride stroll walk
🚶‍♂️	man walking	amble gait hike pace pedestrian stride stroll walk
🚶‍♀️	woman walking	amble gait hike man pace pedestrian stride stroll walk
🧍	person standing	stand
🧍‍♂️	man standing	stand
🧍‍♀️	woman standing	stand
🧎	person kneeling	kneel knees
🧎‍♂️	man kneeling	kneel knees
🧎‍♀️	woman kneeling	kneel knees
🧑‍🦯	person with white cane	accessibility blind probing
👨‍🦯	man with white cane	accessibility blind probing
👩‍🦯	woman with white cane	accessibility blind probing
🧑‍🦼	person in motorized wheelchair	accessibility
👨‍🦼	man in motorized wheelchair	accessibility
👩‍🦼	woman in motorized wheelchair	accessibility
🧑‍🦽	person in manual wheelchair	accessibility
👨‍🦽	man in manual wheelchair	accessibility
👩‍🦽	woman in manual wheelchair	accessibility
🏃	person running	fast hurry marathon move quick race racing run rush speed
🏃‍♂️	man running	fast hurry marathon move quick race racing run rush speed
🏃‍♀️	woman running	fast hurry marathon move quick race racing run rush speed
💃	woman dancing	dance dancer elegant festive flair flamenco groove let s salsa tango
🕺	man dancing	dance dancer elegant festive flair flamenco groove let s salsa tango
🕴️	person in suit levitating	business
👯	people with bunny ears	bestie bff counterpart dancer double ear identical pair party partying soulmate twin twinsies
👯‍♂️	men with bunny ears	bestie bff counterpart dancer double ear identical pair party partying people soulmate twin twinsies
👯‍♀️	women with bunny ears	bestie bff counterpart dancer double ear identical pair party partying people soulmate twin twinsies
🧖	person in steamy room	day luxurious pamper relax sauna spa steam steambath unwind
🧖‍♂️	man in steamy room	day luxurious pamper relax sauna spa steam steambath unwind
🧖‍♀️	woman in steamy room	day luxurious pamper relax sauna spa steam steambath unwind
🧗	person climbing	climb climber mountain rock scale up
🧗‍♂️	man climbing	climb climber mountain rock scale up
🧗‍♀️	woman climbing	climb climber mountain rock scale up
🤺	person fencing	fencer sword
🏇	horse racing	jockey racehorse riding sport
⛷️	skier	ski snow
🏂️	snowboarder	ski snow snowboard sport
🏌️	person golfing	ball birdie caddy driving golf green pga putt range tee
🏌️‍♂️	man golfing	ball birdie caddy driving golf green pga putt range tee
🏌️‍♀️	woman golfing	ball birdie caddy driving golf green pga putt range tee
🏄️	person surfing	beach ocean sport surf surfer swell waves
🏄‍♂️	man surfing	beach ocean sport surf surfer swell waves
🏄‍♀️	woman surfing	beach ocean person sport surf surfer swell waves
🚣	person rowing boat	canoe cruise fishing lake oar paddle raft river row rowboat
🚣‍♂️	man rowing boat	canoe cruise fishing lake oar paddle raft river row rowboat
🚣‍♀️	woman rowing boat	canoe cruise fishing lake oar paddle raft river row rowboat
🏊️	person swimming	freestyle sport swim swimmer triathlon
🏊‍♂️	man swimming	freestyle sport swim swimmer triathlon
🏊‍♀️	woman swimming	freestyle man sport swim swimmer triathlon
⛹️	person bouncing ball	athletic basketball championship dribble net player throw
⛹️‍♂️	man bouncing ball	athletic basketball championship dribble net player throw
⛹️‍♀️	woman bouncing ball	athletic basketball championship dribble net player throw
🏋️	person lifting weights	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🏋️‍♂️	man lifting weights	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🏋️‍♀️	woman lifting weights	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🚴	person biking	bicycle bicyclist bike cycle cyclist riding sport
🚴‍♂️	man biking	bicycle bicyclist bike cycle cyclist riding sport
🚴‍♀️	woman biking	bicycle bicyclist bike cycle cyclist riding sport
🚵	person mountain biking	bicycle bicyclist bike cycle cyclist riding sport
🚵‍♂️	man mountain biking	bicycle bicyclist bike cycle cyclist riding sport
🚵‍♀️	woman mountain biking	bicycle bicyclist bike cycle cyclist riding sport
🤸	person cartwheeling	active cartwheel excited flip gymnastics happy somersault
🤸‍♂️	man cartwheeling	active cartwheel excited flip gymnastics happy somersault
🤸‍♀️	woman cartwheeling	active cartwheel excited flip gymnastics happy somersault
🤼	people wrestling	combat duel grapple ring tournament wrestle
🤼‍♂️	men wrestling	combat duel grapple ring tournament wrestle
🤼‍♀️	women wrestling	combat duel grapple ring tournament wrestle
🤽	person playing water polo	sport swimming waterpolo
🤽‍♂️	man playing water polo	sport swimming waterpolo
🤽‍♀️	woman playing water polo	sport swimming waterpolo
🤾	person playing handball	athletics ball catch chuck hurl lob pitch sport throw toss
🤾‍♂️	man playing handball	athletics ball catch chuck hurl lob pitch sport throw toss
🤾‍♀️	woman playing handball	athletics ball catch chuck hurl lob pitch sport throw toss
🤹	person juggling	act balance balancing handle juggle manage multitask skill
🤹‍♂️	man juggling	act balance balancing handle juggle manage multitask skill
🤹‍♀️	woman juggling	act balance balancing handle juggle manage multitask skill
🧘	person in lotus position	cross legged legs meditation peace relax serenity yoga yogi zen
🧘‍♂️	man in lotus position	cross legged legs meditation peace relax serenity yoga yogi zen
🧘‍♀️	woman in lotus position	cross legged legs meditation peace relax serenity yoga yogi zen
🛀	person taking bath	bathtub tub
🛌	person in bed	bedtime good goodnight hotel nap night sleep tired zzz
🧑‍🤝‍🧑	people holding hands	bae bestie bff couple dating flirt friends hand hold twins
👭	women holding hands	bae bestie bff couple dating flirt friends girls hand hold sisters twins
👫	woman and man holding hands	bae bestie bff couple dating flirt friends hand hold twins
👬	men holding hands	bae bestie bff boys brothers couple dating flirt friends hand hold twins
💏	kiss	anniversary babe bae couple date dating heart love mwah person romance together xoxo
👩‍❤️‍💋‍👨	kiss: woman, man	anniversary babe bae couple date dating heart love mwah person romance together xoxo
👨‍❤️‍💋‍👨	kiss: man, man	anniversary babe bae couple date dating heart love mwah person romance together xoxo
👩‍❤️‍💋‍👩	kiss: woman, woman	anniversary babe bae couple date dating heart love mwah person romance together xoxo
💑	couple with heart	anniversary babe bae dating kiss love person relationship romance together you
👩‍❤️‍👨	couple with heart: woman, man	anniversary babe bae dating kiss love person relationship romance together you
👨‍❤️‍👨	couple with heart: man, man	anniversary babe bae dating kiss love person relationship romance together you
👩‍❤️‍👩	couple with heart: woman, woman	anniversary babe bae dating kiss love person relationship romance together you
👨‍👩‍👦	family: man, woman, boy	child
👨‍👩‍👧	family: man, woman, girl	child
👨‍👩‍👧‍👦	family: man, woman, girl, boy	child
👨‍👩‍👦‍👦	family: man, woman, boy, boy	child
👨‍👩‍👧‍👧	family: man, woman, girl, girl	child
👨‍👨‍👦	family: man, man, boy	child
👨‍👨‍👧	family: man, man, girl	child
👨‍👨‍👧‍👦	family: man, man, girl, boy	child
👨‍👨‍👦‍👦	family: man, man, boy, boy	child
👨‍👨‍👧‍👧	family: man, man, girl, girl	child
👩‍👩‍👦	family: woman, woman, boy	child
👩‍👩‍👧	family: woman, woman, girl	child
👩‍👩‍👧‍👦	family: woman, woman, girl, boy	child
👩‍👩‍👦‍👦	family: woman, woman, boy, boy	child
👩‍👩‍👧‍👧	family: woman, woman, girl, girl	child
👨‍👦	family: man, boy	child
👨‍👦‍👦	family: man, boy, boy	child
👨‍👧	family: man, girl	child
👨‍👧‍👦	family: man, girl, boy	child
👨‍👧‍👧	family: man, girl, girl	child
👩‍👦	family: woman, boy	child
👩‍👦‍👦	family: woman, boy, boy	child
👩‍👧	family: woman, girl	child
👩‍👧‍👦	family: woman, girl, boy	child
👩‍👧‍👧	family: woman, girl, girl	child
🗣️	speaking head	face silhouette speak
👤	bust in silhouette	mysterious shadow
👥	busts in silhouette	bff bust everyone friend friends people
🫂	people hugging	comfort embrace farewell friendship goodbye hello hug love thanks
👪️	family	child
👣	footprints	barefoot clothing footprint omw print walk`},{key:"animals",lines:`🐵	monkey face	animal banana
🐒	monkey	animal banana
🦍	gorilla	animal
🦧	orangutan	animal ape monkey
🐶	dog face	adorbs animal pet puppies puppy
🐕️	dog	animal animals dogs pet
🦮	guide dog	accessibility animal blind
🐕‍🦺	service dog	accessibility animal assistance
🐩	poodle	animal dog fluffy
🐺	wolf	animal face
🦊	fox	animal face
🦝	raccoon	animal curious sly
🐱	cat face	animal kitten kitty pet
🐈️	cat	animal animals cats kitten pet
🐈‍⬛	black cat	animal feline halloween meow unlucky
🦁	lion	alpha animal face leo mane order rawr roar safari strong zodiac
🐯	tiger face	animal big cat predator
🐅	tiger	animal big cat predator zoo
🐆	leopard	animal big cat predator zoo
🐴	horse face	animal dressage equine farm horses
🫎	moose	alces animal antlers elk mammal
🫏	donkey	animal ass burro hinny mammal mule stubborn
🐎	horse	animal equestrian farm racehorse racing
🦄	unicorn	face
🦓	zebra	animal stripe
🦌	deer	animal
🦬	bison	animal buffalo herd wisent
🐮	cow face	animal farm milk moo
🐂	ox	animal animals bull farm taurus zodiac
🐃	water buffalo	animal zoo
🐄	cow	animal animals farm milk moo
🐷	pig face	animal bacon farm pork
🐖	pig	animal bacon farm pork sow
🐗	boar	animal pig
🐽	pig nose	animal face farm smell snout
🐏	ram	animal aries horns male sheep zodiac zoo
🐑	ewe	animal baa farm female fluffy lamb sheep wool
🐐	goat	animal capricorn farm milk zodiac
🐪	camel	animal desert dromedary hump one
🐫	two-hump camel	animal bactrian desert hump two
🦙	llama	alpaca animal guanaco vicuña wool
🦒	giraffe	animal spots
🐘	elephant	animal
🦣	mammoth	animal extinction large tusk wooly
🦏	rhinoceros	animal
🦛	hippopotamus	animal hippo
🐭	mouse face	animal
🐁	mouse	animal animals
🐀	rat	animal
🐹	hamster	animal face pet
🐰	rabbit face	animal bunny pet
🐇	rabbit	animal bunny pet
🐿️	chipmunk	animal squirrel
🦫	beaver	animal dam teeth
🦔	hedgehog	animal spiny
🦇	bat	animal vampire
🐻	bear	animal face grizzly growl honey
🐻‍❄️	polar bear	animal arctic white
🐨	koala	animal australia bear down face marsupial under
🐼	panda	animal bamboo face
🦥	sloth	lazy slow
🦦	otter	animal fishing playful
🦨	skunk	animal stink
🦘	kangaroo	animal joey jump marsupial
🦡	badger	animal honey pester
🐾	paw prints	feet paws print
🦃	turkey	bird gobble thanksgiving
🐔	chicken	animal bird ornithology
🐓	rooster	animal bird ornithology
🐣	hatching chick	animal baby bird egg
🐤	baby chick	animal bird ornithology
🐥	front-facing baby chick	animal bird newborn ornithology
🐦️	bird	animal ornithology
🐧	penguin	animal antarctica bird ornithology
🕊️	dove	bird fly ornithology peace
🦅	eagle	animal bird ornithology
🦆	duck	animal bird ornithology
🦢	swan	animal bird cygnet duckling ornithology ugly
🦉	owl	animal bird ornithology wise
🦤	dodo	animal bird extinction large ornithology
🪶	feather	bird flight light plumage
🦩	flamingo	animal bird flamboyant ornithology tropical
🦚	peacock	animal bird colorful ornithology ostentatious peahen pretty proud
🦜	parrot	animal bird ornithology pirate talk
🪽	wing	angelic ascend aviation bird fly flying heavenly mythology soar
🐦‍⬛	black bird	animal beak caw corvid crow ornithology raven rook
🪿	goose	animal bird duck flock fowl gaggle gander geese honk ornithology silly
🐸	frog	animal face
🐊	crocodile	animal zoo
🐢	turtle	animal terrapin tortoise
🦎	lizard	animal reptile
🐍	snake	animal bearer ophiuchus serpent zodiac
🐲	dragon face	animal fairy fairytale tale
🐉	dragon	animal fairy fairytale knights tale
🦕	sauropod	brachiosaurus brontosaurus dinosaur diplodocus
🦖	T-Rex	dinosaur rex t tyrannosaurus
🐳	spouting whale	animal beach face ocean
🐋	whale	animal beach ocean
🐬	dolphin	animal beach flipper ocean
🦭	seal	animal lion ocean sea
🐟️	fish	animal dinner fishes fishing pisces zodiac
🐠	tropical fish	animal fishes
🐡	blowfish	animal fish
🦈	shark	animal fish
🐙	octopus	animal creature ocean
🐚	spiral shell	animal beach conch sea
🪸	coral	change climate ocean reef sea
🪼	jellyfish	animal aquarium burn invertebrate jelly life marine ocean ouch plankton sea sting stinger tentacles
🦀	crab	cancer zodiac
🦞	lobster	animal bisque claws seafood
🦐	shrimp	food shellfish small
🦑	squid	animal food mollusk
🦪	oyster	diving pearl
🐌	snail	animal escargot garden nature slug
🦋	butterfly	insect pretty
🐛	bug	animal garden insect
🐜	ant	animal garden insect
🐝	honeybee	animal bee bumblebee honey insect nature spring
🪲	beetle	animal bug insect
🐞	lady beetle	animal garden insect ladybird ladybug nature
🦗	cricket	animal bug grasshopper insect orthoptera
🪳	cockroach	animal insect pest roach
🕷️	spider	animal insect
🕸️	spider web	
🦂	scorpion	scorpio scorpius zodiac
🦟	mosquito	bite disease fever insect malaria pest virus
🪰	fly	animal disease insect maggot pest rotting
🪱	worm	animal annelid earthworm parasite
🦠	microbe	amoeba bacteria science virus
💐	bouquet	anniversary birthday date flower love plant romance
🌸	cherry blossom	flower plant spring springtime
💮	white flower	
🪷	lotus	beauty buddhism calm flower hinduism peace purity serenity
🏵️	rosette	plant
🌹	rose	beauty elegant flower love plant red valentine
🥀	wilted flower	dying
🌺	hibiscus	flower plant
🌻	sunflower	flower outdoors plant sun
🌼	blossom	buttercup dandelion flower plant
🌷	tulip	blossom flower growth plant
🪻	hyacinth	bloom bluebonnet flower indigo lavender lilac lupine plant purple shrub snapdragon spring violet
🌱	seedling	plant sapling sprout young
🪴	potted plant	decor grow house nurturing pot
🌲	evergreen tree	christmas forest pine
🌳	deciduous tree	forest green habitat shedding
🌴	palm tree	beach plant tropical
🌵	cactus	desert drought nature plant
🌾	sheaf of rice	ear grain grains plant
🌿	herb	leaf plant
☘️	shamrock	irish plant
🍀	four leaf clover	4 four-leaf irish lucky plant
🍁	maple leaf	falling
🍂	fallen leaf	autumn fall falling
🍃	leaf fluttering in wind	blow flutter
🪹	empty nest	branch home nesting
🪺	nest with eggs	bird branch egg nesting
🍄	mushroom	fungus toadstool`},{key:"food",lines:`🍇	grapes	dionysus fruit grape
🍈	melon	cantaloupe fruit
🍉	watermelon	fruit
🍊	tangerine	c citrus fruit nectarine orange vitamin
🍋	lemon	citrus fruit sour
🍌	banana	fruit potassium
🍍	pineapple	colada fruit pina tropical
🥭	mango	food fruit tropical
🍎	red apple	diet food fruit health ripe
🍏	green apple	fruit
🍐	pear	fruit
🍑	peach	fruit
🍒	cherries	berries cherry fruit red
🍓	strawberry	berry fruit
🫐	blueberries	berries berry bilberry blue blueberry food fruit
🥝	kiwi fruit	food
🍅	tomato	food fruit vegetable
🫒	olive	food
🥥	coconut	colada palm piña
🥑	avocado	food fruit
🍆	eggplant	aubergine vegetable
🥔	potato	food vegetable
🥕	carrot	food vegetable
🌽	ear of corn	crops farm maize maze
🌶️	hot pepper	
🫑	bell pepper	capsicum food vegetable
🥒	cucumber	food pickle vegetable
🥬	leafy green	bok burgers cabbage choy kale lettuce salad
🥦	broccoli	cabbage wild
🧄	garlic	flavoring
🧅	onion	flavoring
🥜	peanuts	food nut peanut vegetable
🫘	beans	food kidney legume small
🌰	chestnut	almond plant
🫚	ginger root	beer health herb natural spice
🫛	pea pod	beans beanstalk edamame legume soybean vegetable veggie
🍞	bread	carbs food grain loaf restaurant toast wheat
🥐	croissant	bread breakfast crescent food french roll
🥖	baguette bread	food french
🫓	flatbread	arepa bread food gordita lavash naan pita
🥨	pretzel	convoluted twisted
🥯	bagel	bakery bread breakfast schmear
🥞	pancakes	breakfast crêpe food hotcake pancake
🧇	waffle	breakfast indecisive iron
🧀	cheese wedge	
🍖	meat on bone	
🍗	poultry leg	bone chicken drumstick hungry turkey
🥩	cut of meat	chop lambchop porkchop red steak
🥓	bacon	breakfast food meat
🍔	hamburger	burger eat fast food hungry
🍟	french fries	fast food
🍕	pizza	cheese food hungry pepperoni slice
🌭	hot dog	frankfurter hotdog sausage
🥪	sandwich	bread
🌮	taco	mexican
🌯	burrito	mexican wrap
🫔	tamale	food mexican pamonha wrapped
🥙	stuffed flatbread	falafel food gyro kebab
🧆	falafel	chickpea meatball
🥚	egg	breakfast food
🍳	cooking	breakfast easy egg fry frying over pan restaurant side sunny up
🥘	shallow pan of food	casserole paella
🍲	pot of food	soup stew
🫕	fondue	cheese chocolate food melted pot ski
🥣	bowl with spoon	breakfast cereal congee oatmeal porridge
🥗	green salad	food
🍿	popcorn	corn movie pop
🧈	butter	dairy
🧂	salt	condiment flavor mad salty shaker taste upset
🥫	canned food	can
🍱	bento box	food
🍘	rice cracker	food
🍙	rice ball	food japanese
🍚	cooked rice	food
🍛	curry rice	food
🍜	steaming bowl	chopsticks food noodle pho ramen soup
🍝	spaghetti	food meatballs pasta restaurant
🍠	roasted sweet potato	food
🍢	oden	food kebab restaurant seafood skewer stick
🍣	sushi	food
🍤	fried shrimp	prawn tempura
🍥	fish cake with swirl	food pastry restaurant
🥮	moon cake	autumn festival yuèbǐng
🍡	dango	dessert japanese skewer stick sweet
🥟	dumpling	empanada gyōza jiaozi pierogi potsticker
🥠	fortune cookie	prophecy
🥡	takeout box	chopsticks delivery food oyster pail
🍦	soft ice cream	dessert food icecream restaurant serve sweet
🍧	shaved ice	dessert restaurant sweet
🍨	ice cream	dessert food restaurant sweet
🍩	doughnut	breakfast dessert donut food sweet
🍪	cookie	chip chocolate dessert sweet
🎂	birthday cake	bday celebration dessert happy pastry sweet
🍰	shortcake	cake dessert pastry slice sweet
🧁	cupcake	bakery dessert sprinkles sugar sweet treat
🥧	pie	apple filling fruit meat pastry pumpkin slice
🍫	chocolate bar	candy dessert halloween sweet tooth
🍬	candy	cavities dessert halloween restaurant sweet tooth wrapper
🍭	lollipop	candy dessert food restaurant sweet
🍮	custard	dessert pudding sweet
🍯	honey pot	barrel bear food honeypot jar sweet
🍼	baby bottle	babies birth born drink infant milk newborn
🥛	glass of milk	drink
☕️	hot beverage	cafe caffeine chai coffee drink morning steaming tea
🫖	teapot	brew drink food pot tea
🍵	teacup without handle	beverage cup drink oolong tea
🍶	sake	bar beverage bottle cup drink restaurant
🍾	bottle with popping cork	bar drink
🍷	wine glass	alcohol bar beverage booze club drink drinking drinks restaurant
🍸️	cocktail glass	alcohol bar booze club drink drinking drinks mad martini men
🍹	tropical drink	alcohol bar booze club cocktail drinking drinks drunk mai party tai tropics
🍺	beer mug	alcohol ale bar booze drink drinking drinks octoberfest oktoberfest pint stein summer
🍻	clinking beer mugs	alcohol bar booze bottoms cheers clink drinking drinks
🥂	clinking glasses	celebrate clink drink glass
🥃	tumbler glass	liquor scotch shot whiskey whisky
🫗	pouring liquid	accident drink empty glass oops pour spill water
🥤	cup with straw	drink juice malt soda soft water
🧋	bubble tea	boba food milk pearl
🧃	beverage box	juice straw sweet
🧉	mate	drink
🧊	ice	cold cube iceberg
🥢	chopsticks	hashi jeotgarak kuaizi
🍽️	fork and knife with plate	cooking dinner eat
🍴	fork and knife	breakfast breaky cooking cutlery delicious dinner eat feed food hungry lunch restaurant yum yummy
🥄	spoon	eat tableware
🔪	kitchen knife	chef cooking hocho tool weapon
🫙	jar	condiment container empty nothing sauce store
🏺	amphora	aquarius cooking drink jug tool weapon zodiac`},{key:"travel",lines:`🌍️	globe showing Europe-Africa	africa earth europe world
🌎️	globe showing Americas	earth world
🌏️	globe showing Asia-Australia	asia australia earth world
🌐	globe with meridians	earth internet web world worldwide
🗺️	world map	
🗾	map of Japan	
🧭	compass	direction magnetic navigation orienteering
🏔️	snow-capped mountain	cold snow
⛰️	mountain	
🌋	volcano	eruption mountain nature
🗻	mount fuji	mountain nature
🏕️	camping	
🏖️	beach with umbrella	
🏜️	desert	
🏝️	desert island	
🏞️	national park	
🏟️	stadium	
🏛️	classical building	
🏗️	building construction	crane
🧱	brick	bricks clay mortar wall
🪨	rock	boulder heavy solid stone tough
🪵	wood	log lumber timber
🛖	hut	home house roundhouse shelter yurt
🏘️	houses	house
🏚️	derelict house	home
🏠️	house	building country heart home ranch settle simple suburban suburbia where
🏡	house with garden	building country heart home ranch settle simple suburban suburbia where
🏢	office building	city cubical job
🏣	Japanese post office	building
🏤	post office	building european
🏥	hospital	building doctor medicine
🏦	bank	building
🏨	hotel	building
🏩	love hotel	building
🏪	convenience store	24 building hours
🏫	school	building
🏬	department store	building
🏭️	factory	building
🏯	Japanese castle	building
🏰	castle	building european
💒	wedding	chapel hitched nuptials romance
🗼	Tokyo tower	
🗽	Statue of Liberty	new ny nyc york
⛪️	church	bless chapel christian cross religion
🕌	mosque	islam masjid muslim religion
🛕	hindu temple	
🕍	synagogue	jew jewish judaism religion temple
⛩️	shinto shrine	religion
🕋	kaaba	hajj islam muslim religion umrah
⛲️	fountain	
⛺️	tent	camping
🌁	foggy	fog
🌃	night with stars	star
🏙️	cityscape	city
🌄	sunrise over mountains	morning sun
🌅	sunrise	morning nature sun
🌆	cityscape at dusk	building city evening landscape sun sunset
🌇	sunset	building dusk sun
🌉	bridge at night	
♨️	hot springs	hotsprings steaming
🎠	carousel horse	entertainment
🛝	playground slide	amusement park play playing sliding theme
🎡	ferris wheel	amusement park theme
🎢	roller coaster	amusement park theme
💈	barber pole	cut fresh haircut shave
🎪	circus tent	
🚂	locomotive	caboose engine railway steam train trains travel
🚃	railway car	electric train tram travel trolleybus
🚄	high-speed train	railway shinkansen speed
🚅	bullet train	high-speed nose railway shinkansen speed travel
🚆	train	arrived choo railway
🚇️	metro	subway travel
🚈	light rail	arrived monorail railway
🚉	station	railway train
🚊	tram	trolleybus
🚝	monorail	vehicle
🚞	mountain railway	car trip
🚋	tram car	bus trolley trolleybus
🚌	bus	school vehicle
🚍️	oncoming bus	cars
🚎	trolleybus	bus tram trolley
🚐	minibus	bus drive van vehicle
🚑️	ambulance	emergency vehicle
🚒	fire engine	truck
🚓	police car	5 0 cops patrol
🚔️	oncoming police car	
🚕	taxi	cab cabbie car drive vehicle yellow
🚖	oncoming taxi	cab cabbie cars drove hail yellow
🚗	automobile	car driving vehicle
🚘️	oncoming automobile	car cars drove vehicle
🚙	sport utility vehicle	car drive recreational sportutility
🛻	pickup truck	automobile car flatbed pick-up transportation
🚚	delivery truck	car drive vehicle
🚛	articulated lorry	car drive move semi truck vehicle
🚜	tractor	vehicle
🏎️	racing car	zoom
🏍️	motorcycle	racing
🛵	motor scooter	
🦽	manual wheelchair	accessibility
🦼	motorized wheelchair	accessibility
🛺	auto rickshaw	tuk
🚲️	bicycle	bike class cycle cycling cyclist gang ride spin spinning
🛴	kick scooter	
🛹	skateboard	board skate skater wheels
🛼	roller skate	blades skates sport
🚏	bus stop	busstop
🛣️	motorway	highway road
🛤️	railway track	train
🛢️	oil drum	
⛽️	fuel pump	diesel fuelpump gas gasoline station
🛞	wheel	car circle tire turn vehicle
🚨	police car light	alarm alert beacon emergency revolving siren
🚥	horizontal traffic light	intersection signal stop stoplight
🚦	vertical traffic light	drove intersection signal stop stoplight
🛑	stop sign	octagonal
🚧	construction	barrier
⚓️	anchor	ship tool
🛟	ring buoy	float life lifesaver preserver rescue safety save saver swim
⛵️	sailboat	boat resort sailing sea yacht
🛶	canoe	boat
🚤	speedboat	billionaire boat lake luxury millionaire summer travel
🛳️	passenger ship	
⛴️	ferry	boat passenger
🛥️	motor boat	motorboat
🚢	ship	boat passenger travel
✈️	airplane	aeroplane fly flying jet plane travel
🛩️	small airplane	aeroplane plane
🛫	airplane departure	aeroplane check-in departures plane
🛬	airplane arrival	aeroplane arrivals arriving landing plane
🪂	parachute	hang-glide parasail skydive
💺	seat	chair
🚁	helicopter	copter roflcopter travel vehicle
🚟	suspension railway	
🚠	mountain cableway	cable gondola lift ski
🚡	aerial tramway	cable car gondola ropeway
🛰️	satellite	space
🚀	rocket	launch rockets space travel
🛸	flying saucer	aliens extra terrestrial ufo
🛎️	bellhop bell	hotel
🧳	luggage	bag packing roller suitcase travel
⌛️	hourglass done	sand time timer
⏳️	hourglass not done	flowing hours sand timer waiting yolo
⌚️	watch	clock time
⏰️	alarm clock	hours hrs late time waiting
⏱️	stopwatch	clock time
⏲️	timer clock	
🕰️	mantelpiece clock	time
🕛️	twelve o’clock	12 00 time
🕧️	twelve-thirty	12 30 clock thirty time twelve
🕐️	one o’clock	1 00 time
🕜️	one-thirty	1 30 clock one thirty time
🕑️	two o’clock	2 00 time
🕝️	two-thirty	2 30 clock thirty time two
🕒️	three o’clock	3 00 time
🕞️	three-thirty	3 30 clock thirty three time
🕓️	four o’clock	4 00 time
🕟️	four-thirty	30 4 clock four thirty time
🕔️	five o’clock	5 00 time
🕠️	five-thirty	30 5 clock five thirty time
🕕️	six o’clock	6 00 time
🕡️	six-thirty	30 6 clock six thirty
🕖️	seven o’clock	0 7 00
🕢️	seven-thirty	30 7 clock seven thirty
🕗️	eight o’clock	8 00 time
🕣️	eight-thirty	30 8 clock eight thirty time
🕘️	nine o’clock	9 00 time
🕤️	nine-thirty	30 9 clock nine thirty time
🕙️	ten o’clock	0 10 00
🕥️	ten-thirty	10 30 clock ten thirty time
🕚️	eleven o’clock	11 00 time
🕦️	eleven-thirty	11 30 clock eleven thirty time
🌑	new moon	dark space
🌒	waxing crescent moon	dreams space
🌓	first quarter moon	space
🌔	waxing gibbous moon	space
🌕️	full moon	space
🌖	waning gibbous moon	space
🌗	last quarter moon	space
🌘	waning crescent moon	space
🌙	crescent moon	ramadan space
🌚	new moon face	space
🌛	first quarter moon face	space
🌜️	last quarter moon face	dreams
🌡️	thermometer	weather
☀️	sun	bright rays space sunny weather
🌝	full moon face	bright
🌞	sun with face	beach bright day heat shine sunny sunshine weather
🪐	ringed planet	saturn saturnine
⭐️	star	astronomy medium stars white
🌟	glowing star	glittery glow night shining sparkle win
🌠	shooting star	falling night space
🌌	milky way	space
☁️	cloud	weather
⛅️	sun behind cloud	cloudy weather
⛈️	cloud with lightning and rain	thunder thunderstorm
🌤️	sun behind small cloud	weather
🌥️	sun behind large cloud	weather
🌦️	sun behind rain cloud	weather
🌧️	cloud with rain	weather
🌨️	cloud with snow	cold weather
🌩️	cloud with lightning	weather
🌪️	tornado	cloud weather whirlwind
🌫️	fog	cloud weather
🌬️	wind face	blow cloud
🌀	cyclone	dizzy hurricane twister typhoon weather
🌈	rainbow	gay genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia nature pride queer rain trans transgender weather
🌂	closed umbrella	clothing rain
☂️	umbrella	clothing rain
☔️	umbrella with rain drops	clothing drop weather
⛱️	umbrella on ground	rain sun
⚡️	high voltage	danger electric electricity lightning nature thunder thunderbolt zap
❄️	snowflake	cold snow weather
☃️	snowman	cold man snow
⛄️	snowman without snow	cold man
☄️	comet	space
🔥	fire	af burn flame hot lit litaf tool
💧	droplet	cold comic drop nature sad sweat tear water weather
🌊	water wave	nature ocean surf surfer surfing`},{key:"activities",lines:`🎃	jack-o-lantern	celebration halloween jack lantern pumpkin
🎄	Christmas tree	celebration
🎆	fireworks	boom celebration entertainment yolo
🎇	sparkler	boom celebration fireworks sparkle
🧨	firecracker	dynamite explosive fire fireworks light pop popping spark
✨️	sparkles	magic sparkle star
🎈	balloon	birthday celebrate celebration
🎉	party popper	awesome birthday celebrate celebration excited hooray tada woohoo
🎊	confetti ball	celebrate celebration party woohoo
🎋	tanabata tree	banner celebration japanese
🎍	pine decoration	bamboo celebration japanese plant
🎎	Japanese dolls	celebration doll festival
🎏	carp streamer	celebration
🎐	wind chime	bell celebration
🎑	moon viewing ceremony	celebration
🧧	red envelope	gift good hóngbāo lai luck money see
🎀	ribbon	celebration
🎁	wrapped gift	birthday bow box celebration christmas present surprise
🎗️	reminder ribbon	celebration
🎟️	admission tickets	ticket
🎫	ticket	admission stub
🎖️	military medal	award celebration
🏆️	trophy	champion champs prize slay sport victory win winning
🏅	sports medal	award gold winner
🥇	1st place medal	first gold
🥈	2nd place medal	second silver
🥉	3rd place medal	bronze third
⚽️	soccer ball	football futbol sport
⚾️	baseball	ball sport
🥎	softball	ball glove sports underarm
🏀	basketball	ball hoop sport
🏐	volleyball	ball game
🏈	american football	ball bowl sport super
🏉	rugby football	ball sport
🎾	tennis	ball racquet sport
🥏	flying disc	ultimate
🎳	bowling	ball game sport strike
🏏	cricket game	ball bat
🏑	field hockey	ball game stick
🏒	ice hockey	game puck stick
🥍	lacrosse	ball goal sports stick
🏓	ping pong	ball bat game paddle pingpong table tennis
🏸	badminton	birdie game racquet shuttlecock
🥊	boxing glove	
🥋	martial arts uniform	judo karate taekwondo
🥅	goal net	
⛳️	flag in hole	golf sport
⛸️	ice skate	skating
🎣	fishing pole	entertainment fish sport
🤿	diving mask	scuba snorkeling
🎽	running shirt	athletics sash
🎿	skis	ski snow sport
🛷	sled	luge sledge sleigh snow toboggan
🥌	curling stone	game rock
🎯	bullseye	bull dart direct entertainment game hit target
🪀	yo-yo	fluctuate toy
🪁	kite	fly soar
🔫	water pistol	gun handgun revolver tool weapon
🎱	pool 8 ball	8ball billiard eight game
🔮	crystal ball	fairy fairytale fantasy fortune future magic tale tool
🪄	magic wand	magician witch wizard
🎮️	video game	controller entertainment
🕹️	joystick	game video videogame
🎰	slot machine	casino gamble gambling game slots
🎲	game die	dice entertainment
🧩	puzzle piece	clue interlocking jigsaw
🧸	teddy bear	plaything plush stuffed toy
🪅	piñata	candy celebrate celebration cinco de festive mayo party pinada pinata
🪩	mirror ball	dance disco glitter party
🪆	nesting dolls	babooshka baboushka babushka doll matryoshka russia
♠️	spade suit	card game
♥️	heart suit	card emotion game hearts
♦️	diamond suit	card game
♣️	club suit	card clubs game
♟️	chess pawn	dupe expendable
🃏	joker	card game wildcard
🀄️	mahjong red dragon	game
🎴	flower playing cards	card game japanese
🎭️	performing arts	actor actress art entertainment mask theater theatre thespian
🖼️	framed picture	art frame museum painting
🎨	artist palette	art artsy arty colorful creative entertainment museum painter painting
🧵	thread	needle sewing spool string
🪡	sewing needle	embroidery sew stitches sutures tailoring thread
🧶	yarn	ball crochet knit
🪢	knot	cord rope tangled tie twine twist`},{key:"objects",lines:`👓️	glasses	clothing eye eyeglasses eyewear
🕶️	sunglasses	dark eye eyewear glasses
🥽	goggles	dive eye protection scuba swimming welding
🥼	lab coat	clothes doctor dr experiment jacket scientist white
🦺	safety vest	emergency
👔	necktie	clothing employed serious shirt tie
👕	t-shirt	blue casual clothes clothing collar dressed shirt shopping tshirt weekend
👖	jeans	blue casual clothes clothing denim dressed pants shopping trousers weekend
🧣	scarf	bundle cold neck up
🧤	gloves	hand
🧥	coat	brr bundle cold jacket up
🧦	socks	stocking
👗	dress	clothes clothing dressed fancy shopping
👘	kimono	clothing comfortable
🥻	sari	clothing dress
🩱	one-piece swimsuit	bathing suit
🩲	briefs	bathing one-piece suit swimsuit underwear
🩳	shorts	bathing pants suit swimsuit underwear
👙	bikini	bathing beach clothing pool suit swim
👚	woman’s clothes	blouse clothing collar dress dressed lady shirt shopping
🪭	folding hand fan	clack clap cool cooling dance flirt flutter hot shy
👛	purse	clothes clothing coin dress fancy handbag shopping
👜	handbag	bag clothes clothing dress lady purse shopping
👝	clutch bag	clothes clothing dress handbag pouch purse
🛍️	shopping bags	bag hotel
🎒	backpack	backpacking bag bookbag education rucksack satchel school
🩴	thong sandal	beach flip flop sandals shoe thongs zōri
👞	man’s shoe	brown clothes clothing feet foot kick shoes shopping
👟	running shoe	athletic clothes clothing fast kick shoes shopping sneaker tennis
🥾	hiking boot	backpacking brown camping outdoors shoe
🥿	flat shoe	ballet comfy flats slip-on slipper
👠	high-heeled shoe	clothes clothing dress fashion heel heels shoes shopping stiletto woman
👡	woman’s sandal	clothing shoe
🩰	ballet shoes	dance
👢	woman’s boot	clothes clothing dress shoe shoes shopping
🪮	hair pick	afro comb groom
👑	crown	clothing family king medieval queen royal royalty win
👒	woman’s hat	clothes clothing garden hats party
🎩	top hat	clothes clothing fancy formal magic tophat
🎓️	graduation cap	celebration clothing education hat scholar
🧢	billed cap	baseball bent dad hat
🪖	military helmet	army soldier war warrior
⛑️	rescue worker’s helmet	aid cross face hat
📿	prayer beads	clothing necklace religion
💄	lipstick	cosmetics date makeup
💍	ring	diamond engaged engagement married romance shiny sparkling wedding
💎	gem stone	diamond engagement jewel money romance wedding
🔇	muted speaker	mute quiet silent sound
🔈️	speaker low volume	soft sound
🔉	speaker medium volume	sound
🔊	speaker high volume	loud music sound
📢	loudspeaker	address communication loud public sound
📣	megaphone	cheering sound
📯	postal horn	post
🔔	bell	break church sound
🔕	bell with slash	forbidden mute no not prohibited quiet silent sound
🎼	musical score	music note
🎵	musical note	music sound
🎶	musical notes	music note sound
🎙️	studio microphone	mic music
🎚️	level slider	music
🎛️	control knobs	music
🎤	microphone	karaoke mic music sing sound
🎧️	headphone	earbud sound
📻️	radio	entertainment tbt video
🎷	saxophone	instrument music sax
🎺	trumpet	instrument music
🪗	accordion	box concertina instrument music squeeze squeezebox
🎸	guitar	instrument music strat
🎹	musical keyboard	instrument music piano
🎻	violin	instrument music
🪕	banjo	music stringed
🥁	drum	drumsticks music
🪘	long drum	beat conga instrument rhythm
🪇	maracas	cha dance instrument music party percussion rattle shake shaker
🪈	flute	band fife flautist instrument marching music orchestra piccolo pipe recorder woodwind
📱	mobile phone	cell communication telephone
📲	mobile phone with arrow	build call cell communication receive telephone
☎️	telephone	phone
📞	telephone receiver	communication phone voip
📟️	pager	communication
📠	fax machine	communication
🔋	battery	
🪫	low battery	drained electronic energy power
🔌	electric plug	electricity
💻️	laptop	computer office pc personal
🖥️	desktop computer	monitor
🖨️	printer	computer
⌨️	keyboard	computer
🖱️	computer mouse	
🖲️	trackball	computer
💽	computer disk	minidisk optical
💾	floppy disk	computer
💿️	optical disk	blu-ray cd computer dvd
📀	dvd	blu-ray cd computer disk optical
🧮	abacus	calculation calculator
🎥	movie camera	bollywood cinema film hollywood record
🎞️	film frames	cinema movie
📽️	film projector	cinema movie video
🎬️	clapper board	action movie
📺️	television	tv video
📷️	camera	photo selfie snap tbt trip video
📸	camera with flash	video
📹️	video camera	camcorder tbt
📼	videocassette	old school tape vcr vhs video
🔍️	magnifying glass tilted left	lab left-pointing science search tool
🔎	magnifying glass tilted right	contact lab right-pointing science search tool
🕯️	candle	light
💡	light bulb	comic electric idea
🔦	flashlight	electric light tool torch
🏮	red paper lantern	bar light restaurant
🪔	diya lamp	light oil
📔	notebook with decorative cover	book decorated education school writing
📕	closed book	education
📖	open book	education fantasy knowledge library novels reading
📗	green book	education fantasy library reading
📘	blue book	education fantasy library reading
📙	orange book	education fantasy library reading
📚️	books	book education fantasy knowledge library novels reading school study
📓	notebook	
📒	ledger	notebook
📃	page with curl	document paper
📜	scroll	paper
📄	page facing up	document paper
📰	newspaper	communication news paper
🗞️	rolled-up newspaper	news paper rolled
📑	bookmark tabs	mark marker
🔖	bookmark	mark
🏷️	label	tag
🪙	coin	dollar euro gold metal money rich silver treasure
💰️	money bag	bank bet billion cash cost dollar gold million moneybag paid paying pot rich win
💴	yen banknote	bank bill currency money note
💵	dollar banknote	bank bill currency money note
💶	euro banknote	100 bank bill currency money note rich
💷	pound banknote	bank bill billion cash currency money note pounds
💸	money with wings	bank banknote bill billion cash dollar fly million note pay
💳️	credit card	bank cash charge money pay
🧾	receipt	accounting bookkeeping evidence invoice proof
💹	chart increasing with yen	bank currency graph growth market money rise trend upward
✉️	envelope	e-mail email letter
📧	e-mail	email letter mail
📨	incoming envelope	delivering e-mail email letter mail receive sent
📩	envelope with arrow	communication down e-mail email letter mail outgoing send sent
📤️	outbox tray	box email letter mail sent
📥️	inbox tray	box email letter mail receive zero
📦️	package	box communication delivery parcel shipping
📫️	closed mailbox with raised flag	communication mail postbox
📪️	closed mailbox with lowered flag	mail postbox
📬️	open mailbox with raised flag	mail postbox
📭️	open mailbox with lowered flag	mail postbox
📮	postbox	mail mailbox
🗳️	ballot box with ballot	
✏️	pencil	
✒️	black nib	pen
🖋️	fountain pen	
🖊️	pen	ballpoint
🖌️	paintbrush	painting
🖍️	crayon	
📝	memo	communication media notes pencil
💼	briefcase	office
📁	file folder	
📂	open file folder	
🗂️	card index dividers	
📅	calendar	date
📆	tear-off calendar	
🗒️	spiral notepad	note pad
🗓️	spiral calendar	pad
📇	card index	old rolodex school
📈	chart increasing	data graph growth right trend up upward
📉	chart decreasing	data down downward graph negative trend
📊	bar chart	data graph
📋️	clipboard	do list notes
📌	pushpin	collage pin
📍	round pushpin	location map pin
📎	paperclip	
🖇️	linked paperclips	link paperclip
📏	straight ruler	angle edge math straightedge
📐	triangular ruler	angle math rule set slide triangle
✂️	scissors	cut cutting paper tool
🗃️	card file box	
🗄️	file cabinet	filing paper
🗑️	wastebasket	can garbage trash waste
🔒️	locked	closed lock private
🔓️	unlocked	cracked lock open unlock
🔏	locked with pen	ink lock nib privacy
🔐	locked with key	bike closed lock secure
🔑	key	keys lock major password unlock
🗝️	old key	clue lock
🔨	hammer	home improvement repairs tool
🪓	axe	ax chop hatchet split wood
⛏️	pick	hammer mining tool
⚒️	hammer and pick	tool
🛠️	hammer and wrench	spanner tool
🗡️	dagger	knife weapon
⚔️	crossed swords	weapon
💣️	bomb	boom comic dangerous explosion hot
🪃	boomerang	rebound repercussion weapon
🏹	bow and arrow	archer archery sagittarius tool weapon zodiac
🛡️	shield	weapon
🪚	carpentry saw	carpenter cut lumber tool trim
🔧	wrench	home improvement spanner tool
🪛	screwdriver	flathead handy screw tool
🔩	nut and bolt	home improvement tool
⚙️	gear	cog cogwheel tool
🗜️	clamp	compress tool vice
⚖️	balance scale	justice libra scales tool weight zodiac
🦯	white cane	accessibility blind probing
🔗	link	links
⛓️	chains	chain
🪝	hook	catch crook curve ensnare point selling
🧰	toolbox	box chest mechanic red tool
🧲	magnet	attraction horseshoe magnetic negative positive shape u
🪜	ladder	climb rung step
⚗️	alembic	chemistry tool
🧪	test tube	chemist chemistry experiment lab science
🧫	petri dish	bacteria biologist biology culture lab
🧬	dna	biologist evolution gene genetics life
🔬	microscope	experiment lab science tool
🔭	telescope	contact extraterrestrial science tool
📡	satellite antenna	aliens contact dish science
💉	syringe	doctor flu medicine needle shot sick tool vaccination
🩸	drop of blood	bleed donation injury medicine menstruation
💊	pill	doctor drugs medicated medicine pills sick vitamin
🩹	adhesive bandage	
🩼	crutch	aid cane disability help hurt injured mobility stick
🩺	stethoscope	doctor heart medicine
🩻	x-ray	bones doctor medical skeleton skull xray
🚪	door	back closet front
🛗	elevator	accessibility hoist lift
🪞	mirror	makeup reflection reflector speculum
🪟	window	air frame fresh opening transparent view
🛏️	bed	hotel sleep
🛋️	couch and lamp	hotel
🪑	chair	seat sit
🚽	toilet	bathroom
🪠	plunger	cup force plumber poop suction toilet
🚿	shower	water
🛁	bathtub	bath
🪤	mouse trap	bait cheese lure mousetrap snare
🪒	razor	sharp shave
🧴	lotion bottle	moisturizer shampoo sunscreen
🧷	safety pin	diaper punk rock
🧹	broom	cleaning sweeping witch
🧺	basket	farming laundry picnic
🧻	roll of paper	toilet towels
🪣	bucket	cask pail vat
🧼	soap	bar bathing clean cleaning lather soapdish
🫧	bubbles	bubble burp clean floating pearl soap underwater
🪥	toothbrush	bathroom brush clean dental hygiene teeth toiletry
🧽	sponge	absorbing cleaning porous soak
🧯	fire extinguisher	extinguish quench
🛒	shopping cart	trolley
🚬	cigarette	smoking
⚰️	coffin	dead death vampire
🪦	headstone	cemetery dead grave graveyard memorial rip tomb tombstone
⚱️	funeral urn	ashes death
🧿	nazar amulet	bead blue charm evil-eye talisman
🪬	hamsa	amulet fatima fortune guide hand mary miriam palm protect protection
🗿	moai	face moyai statue stoneface travel
🪧	placard	card demonstration notice picket plaque protest sign
🪪	identification card	credentials document id license security`},{key:"symbols",lines:`🏧	ATM sign	automated bank cash money teller
🚮	litter in bin sign	litterbin
🚰	potable water	drinking
♿️	wheelchair symbol	access handicap
🚹️	men’s room	bathroom lavatory man restroom toilet wc
🚺️	women’s room	bathroom lavatory restroom toilet wc woman
🚻	restroom	bathroom lavatory toilet wc
🚼️	baby symbol	changing
🚾	water closet	bathroom lavatory restroom toilet wc
🛂	passport control	
🛃	customs	packing
🛄	baggage claim	arrived bags case checked journey packing plane ready travel trip
🛅	left luggage	baggage case locker
⚠️	warning	caution
🚸	children crossing	child pedestrian traffic
⛔️	no entry	do fail forbidden not pass prohibited traffic
🚫	prohibited	entry forbidden no not smoke
🚳	no bicycles	bicycle bike forbidden not prohibited
🚭️	no smoking	forbidden not prohibited smoke
🚯	no littering	forbidden litter not prohibited
🚱	non-potable water	dry non-drinking prohibited
🚷	no pedestrians	forbidden not pedestrian prohibited
📵	no mobile phones	cell forbidden not phone prohibited telephone
🔞	no one under eighteen	18 age forbidden not prohibited restriction underage
☢️	radioactive	sign
☣️	biohazard	sign
⬆️	up arrow	cardinal direction north
↗️	up-right arrow	direction intercardinal northeast
➡️	right arrow	cardinal direction east
↘️	down-right arrow	direction intercardinal southeast
⬇️	down arrow	cardinal direction south
↙️	down-left arrow	direction intercardinal southwest
⬅️	left arrow	cardinal direction west
↖️	up-left arrow	direction intercardinal northwest
↕️	up-down arrow	
↔️	left-right arrow	
↩️	right arrow curving left	
↪️	left arrow curving right	
⤴️	right arrow curving up	
⤵️	right arrow curving down	
🔃	clockwise vertical arrows	arrow refresh reload
🔄	counterclockwise arrows button	again anticlockwise arrow deja refresh rewindershins vu
🔙	BACK arrow	
🔚	END arrow	
🔛	ON! arrow	mark
🔜	SOON arrow	brb omw
🔝	TOP arrow	homie up
🛐	place of worship	pray religion
⚛️	atom symbol	atheist
🕉️	om	hindu religion
✡️	star of David	jew jewish judaism religion
☸️	wheel of dharma	buddhist religion
☯️	yin yang	difficult lives religion tao taoist total yinyang
✝️	latin cross	christ christian religion
☦️	orthodox cross	christian religion
☪️	star and crescent	islam muslim ramadan religion
☮️	peace symbol	healing peaceful
🕎	menorah	candelabrum candlestick hanukkah jewish judaism religion
🔯	dotted six-pointed star	fortune jewish judaism
🪯	khanda	deg fateh khalsa religion sikh sikhism tegh
♈️	Aries	horoscope ram zodiac
♉️	Taurus	bull horoscope ox zodiac
♊️	Gemini	horoscope twins zodiac
♋️	Cancer	crab horoscope zodiac
♌️	Leo	horoscope lion zodiac
♍️	Virgo	horoscope zodiac
♎️	Libra	balance horoscope justice scales zodiac
♏️	Scorpio	horoscope scorpion scorpius zodiac
♐️	Sagittarius	archer horoscope zodiac
♑️	Capricorn	goat horoscope zodiac
♒️	Aquarius	bearer horoscope water zodiac
♓️	Pisces	fish horoscope zodiac
⛎️	Ophiuchus	bearer serpent snake zodiac
🔀	shuffle tracks button	arrow crossed
🔁	repeat button	arrow clockwise
🔂	repeat single button	arrow clockwise once
▶️	play button	arrow right triangle
⏩️	fast-forward button	arrow double fast forward
⏭️	next track button	arrow scene triangle
⏯️	play or pause button	arrow right triangle
◀️	reverse button	arrow left triangle
⏪️	fast reverse button	arrow double rewind
⏮️	last track button	arrow previous scene triangle
🔼	upwards button	arrow red up
⏫️	fast up button	arrow double
🔽	downwards button	arrow down red
⏬️	fast down button	arrow double
⏸️	pause button	bar double vertical
⏹️	stop button	square
⏺️	record button	circle
⏏️	eject button	
🎦	cinema	camera film movie
🔅	dim button	brightness low
🔆	bright button	brightness light
📶	antenna bars	bar cell communication mobile phone signal telephone
🛜	wireless	broadband computer connectivity hotspot internet network router smartphone wi-fi wifi wlan
📳	vibration mode	cell communication mobile phone telephone
📴	mobile phone off	cell telephone
♀️	female sign	woman
♂️	male sign	man
⚧️	transgender symbol	
✖️	multiply	cancel multiplication sign x
➕️	plus	+
➖️	minus	- heavy math sign
➗️	divide	division heavy math sign
🟰	heavy equals sign	answer equal equality math
♾️	infinity	forever unbounded universal
‼️	double exclamation mark	bangbang punctuation
⁉️	exclamation question mark	interrobang punctuation
❓️	red question mark	punctuation
❔️	white question mark	outlined punctuation
❕️	white exclamation mark	outlined punctuation
❗️	red exclamation mark	punctuation
〰️	wavy dash	punctuation
💱	currency exchange	bank money
💲	heavy dollar sign	billion cash charge currency million money pay
⚕️	medical symbol	aesculapius medicine staff
♻️	recycling symbol	recycle
⚜️	fleur-de-lis	knights
🔱	trident emblem	anchor poseidon ship tool
📛	name badge	
🔰	Japanese symbol for beginner	chevron green leaf tool yellow
⭕️	hollow red circle	heavy large o
✅️	check mark button	checked checkmark complete completed done fixed tick
☑️	check box with check	ballot checked done off tick
✔️	check mark	checked checkmark done heavy tick
❌️	cross mark	cancel multiplication multiply x
❎️	cross mark button	multiplication multiply square x
➰️	curly loop	curl
➿️	double curly loop	curl
〽️	part alternation mark	
✳️	eight-spoked asterisk	
✴️	eight-pointed star	
❇️	sparkle	
©️	copyright	c
®️	registered	r
™️	trade mark	tm trademark
#️⃣	keycap: #	
*️⃣	keycap: *	
0️⃣	keycap: 0	zero
1️⃣	keycap: 1	one
2️⃣	keycap: 2	two
3️⃣	keycap: 3	three
4️⃣	keycap: 4	four
5️⃣	keycap: 5	five
6️⃣	keycap: 6	six
7️⃣	keycap: 7	seven
8️⃣	keycap: 8	eight
9️⃣	keycap: 9	nine
🔟	keycap: 10	
🔠	input latin uppercase	abcd letters
🔡	input latin lowercase	abcd letters
🔢	input numbers	1234
🔣	input symbols	
🔤	input latin letters	abc alphabet
🅰️	A button (blood type)	
🆎	AB button (blood type)	
🅱️	B button (blood type)	
🆑	CL button	
🆒	COOL button	
🆓	FREE button	
ℹ️	information	i
🆔	ID button	identity
Ⓜ️	circled M	circle
🆕	NEW button	
🆖	NG button	
🅾️	O button (blood type)	
🆗	OK button	okay
🅿️	P button	parking
🆘	SOS button	help
🆙	UP! button	mark
🆚	VS button	versus
🈁	Japanese “here” button	katakana
🈂️	Japanese “service charge” button	katakana
🈷️	Japanese “monthly amount” button	ideograph
🈶	Japanese “not free of charge” button	ideograph
🈯️	Japanese “reserved” button	ideograph
🉐	Japanese “bargain” button	ideograph
🈹	Japanese “discount” button	ideograph
🈚️	Japanese “free of charge” button	ideograph
🈲	Japanese “prohibited” button	ideograph
🉑	Japanese “acceptable” button	ideograph
🈸	Japanese “application” button	ideograph
🈴	Japanese “passing grade” button	ideograph
🈳	Japanese “vacancy” button	ideograph
㊗️	Japanese “congratulations” button	ideograph
㊙️	Japanese “secret” button	ideograph
🈺	Japanese “open for business” button	ideograph
🈵	Japanese “no vacancy” button	ideograph
🔴	red circle	geometric
🟠	orange circle	
🟡	yellow circle	
🟢	green circle	
🔵	blue circle	geometric
🟣	purple circle	
🟤	brown circle	
⚫️	black circle	geometric
⚪️	white circle	geometric
🟥	red square	card penalty
🟧	orange square	
🟨	yellow square	card penalty
🟩	green square	
🟦	blue square	
🟪	purple square	
🟫	brown square	
⬛️	black large square	geometric
⬜️	white large square	geometric
◼️	black medium square	geometric
◻️	white medium square	geometric
◾️	black medium-small square	geometric
◽️	white medium-small square	geometric
▪️	black small square	geometric
▫️	white small square	geometric
🔶	large orange diamond	geometric
🔷	large blue diamond	geometric
🔸	small orange diamond	geometric
🔹	small blue diamond	geometric
🔺	red triangle pointed up	geometric
🔻	red triangle pointed down	geometric
💠	diamond with a dot	comic geometric
🔘	radio button	geometric
🔳	white square button	geometric outlined
🔲	black square button	geometric`},{key:"flags",lines:`🏁	chequered flag	checkered finish flags game race racing sport win
🚩	triangular flag	construction golf post
🎌	crossed flags	celebration cross japanese
🏴	black flag	waving
🏳️	white flag	waving
🏳️‍🌈	rainbow flag	bisexual gay genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia pride queer trans transgender
🏳️‍⚧️	transgender flag	blue light pink white
🏴‍☠️	pirate flag	jolly plunder roger treasure
🇦🇨	flag: Ascension Island	ac
🇦🇩	flag: Andorra	ad
🇦🇪	flag: United Arab Emirates	ae
🇦🇫	flag: Afghanistan	af
🇦🇬	flag: Antigua & Barbuda	ag
🇦🇮	flag: Anguilla	ai
🇦🇱	flag: Albania	al
🇦🇲	flag: Armenia	am
🇦🇴	flag: Angola	ao
🇦🇶	flag: Antarctica	aq
🇦🇷	flag: Argentina	ar
🇦🇸	flag: American Samoa	as
🇦🇹	flag: Austria	at
🇦🇺	flag: Australia	au
🇦🇼	flag: Aruba	aw
🇦🇽	flag: Åland Islands	ax
🇦🇿	flag: Azerbaijan	az
🇧🇦	flag: Bosnia & Herzegovina	ba
🇧🇧	flag: Barbados	bb
🇧🇩	flag: Bangladesh	bd
🇧🇪	flag: Belgium	be
🇧🇫	flag: Burkina Faso	bf
🇧🇬	flag: Bulgaria	bg
🇧🇭	flag: Bahrain	bh
🇧🇮	flag: Burundi	bi
🇧🇯	flag: Benin	bj
🇧🇱	flag: St. Barthélemy	bl
🇧🇲	flag: Bermuda	bm
🇧🇳	flag: Brunei	bn
🇧🇴	flag: Bolivia	bo
🇧🇶	flag: Caribbean Netherlands	bq
🇧🇷	flag: Brazil	br
🇧🇸	flag: Bahamas	bs
🇧🇹	flag: Bhutan	bt
🇧🇻	flag: Bouvet Island	bv
🇧🇼	flag: Botswana	bw
🇧🇾	flag: Belarus	by
🇧🇿	flag: Belize	bz
🇨🇦	flag: Canada	ca
🇨🇨	flag: Cocos (Keeling) Islands	cc
🇨🇩	flag: Congo - Kinshasa	cd
🇨🇫	flag: Central African Republic	cf
🇨🇬	flag: Congo - Brazzaville	cg
🇨🇭	flag: Switzerland	ch
🇨🇮	flag: Côte d’Ivoire	ci
🇨🇰	flag: Cook Islands	ck
🇨🇱	flag: Chile	cl
🇨🇲	flag: Cameroon	cm
🇨🇳	flag: China	cn
🇨🇴	flag: Colombia	co
🇨🇵	flag: Clipperton Island	cp
🇨🇷	flag: Costa Rica	cr
🇨🇺	flag: Cuba	cu
🇨🇻	flag: Cape Verde	cv
🇨🇼	flag: Curaçao	cw
🇨🇽	flag: Christmas Island	cx
🇨🇾	flag: Cyprus	cy
🇨🇿	flag: Czechia	cz
🇩🇪	flag: Germany	de
🇩🇬	flag: Diego Garcia	dg
🇩🇯	flag: Djibouti	dj
🇩🇰	flag: Denmark	dk
🇩🇲	flag: Dominica	dm
🇩🇴	flag: Dominican Republic	do
🇩🇿	flag: Algeria	dz
🇪🇦	flag: Ceuta & Melilla	ea
🇪🇨	flag: Ecuador	ec
🇪🇪	flag: Estonia	ee
🇪🇬	flag: Egypt	eg
🇪🇭	flag: Western Sahara	eh
🇪🇷	flag: Eritrea	er
🇪🇸	flag: Spain	es
🇪🇹	flag: Ethiopia	et
🇪🇺	flag: European Union	eu
🇫🇮	flag: Finland	fi
🇫🇯	flag: Fiji	fj
🇫🇰	flag: Falkland Islands	fk
🇫🇲	flag: Micronesia	fm
🇫🇴	flag: Faroe Islands	fo
🇫🇷	flag: France	fr
🇬🇦	flag: Gabon	ga
🇬🇧	flag: United Kingdom	gb
🇬🇩	flag: Grenada	gd
🇬🇪	flag: Georgia	ge
🇬🇫	flag: French Guiana	gf
🇬🇬	flag: Guernsey	gg
🇬🇭	flag: Ghana	gh
🇬🇮	flag: Gibraltar	gi
🇬🇱	flag: Greenland	gl
🇬🇲	flag: Gambia	gm
🇬🇳	flag: Guinea	gn
🇬🇵	flag: Guadeloupe	gp
🇬🇶	flag: Equatorial Guinea	gq
🇬🇷	flag: Greece	gr
🇬🇸	flag: South Georgia & South Sandwich Islands	gs
🇬🇹	flag: Guatemala	gt
🇬🇺	flag: Guam	gu
🇬🇼	flag: Guinea-Bissau	gw
🇬🇾	flag: Guyana	gy
🇭🇰	flag: Hong Kong SAR China	hk
🇭🇲	flag: Heard & McDonald Islands	hm
🇭🇳	flag: Honduras	hn
🇭🇷	flag: Croatia	hr
🇭🇹	flag: Haiti	ht
🇭🇺	flag: Hungary	hu
🇮🇨	flag: Canary Islands	ic
🇮🇩	flag: Indonesia	id
🇮🇪	flag: Ireland	ie
🇮🇱	flag: Israel	il
🇮🇲	flag: Isle of Man	im
🇮🇳	flag: India	in
🇮🇴	flag: British Indian Ocean Territory	io
🇮🇶	flag: Iraq	iq
🇮🇷	flag: Iran	ir
🇮🇸	flag: Iceland	is
🇮🇹	flag: Italy	it
🇯🇪	flag: Jersey	je
🇯🇲	flag: Jamaica	jm
🇯🇴	flag: Jordan	jo
🇯🇵	flag: Japan	jp
🇰🇪	flag: Kenya	ke
🇰🇬	flag: Kyrgyzstan	kg
🇰🇭	flag: Cambodia	kh
🇰🇮	flag: Kiribati	ki
🇰🇲	flag: Comoros	km
🇰🇳	flag: St. Kitts & Nevis	kn
🇰🇵	flag: North Korea	kp
🇰🇷	flag: South Korea	kr
🇰🇼	flag: Kuwait	kw
🇰🇾	flag: Cayman Islands	ky
🇰🇿	flag: Kazakhstan	kz
🇱🇦	flag: Laos	la
🇱🇧	flag: Lebanon	lb
🇱🇨	flag: St. Lucia	lc
🇱🇮	flag: Liechtenstein	li
🇱🇰	flag: Sri Lanka	lk
🇱🇷	flag: Liberia	lr
🇱🇸	flag: Lesotho	ls
🇱🇹	flag: Lithuania	lt
🇱🇺	flag: Luxembourg	lu
🇱🇻	flag: Latvia	lv
🇱🇾	flag: Libya	ly
🇲🇦	flag: Morocco	ma
🇲🇨	flag: Monaco	mc
🇲🇩	flag: Moldova	md
🇲🇪	flag: Montenegro	me
🇲🇫	flag: St. Martin	mf
🇲🇬	flag: Madagascar	mg
🇲🇭	flag: Marshall Islands	mh
🇲🇰	flag: North Macedonia	mk
🇲🇱	flag: Mali	ml
🇲🇲	flag: Myanmar (Burma)	mm
🇲🇳	flag: Mongolia	mn
🇲🇴	flag: Macao SAR China	mo
🇲🇵	flag: Northern Mariana Islands	mp
🇲🇶	flag: Martinique	mq
🇲🇷	flag: Mauritania	mr
🇲🇸	flag: Montserrat	ms
🇲🇹	flag: Malta	mt
🇲🇺	flag: Mauritius	mu
🇲🇻	flag: Maldives	mv
🇲🇼	flag: Malawi	mw
🇲🇽	flag: Mexico	mx
🇲🇾	flag: Malaysia	my
🇲🇿	flag: Mozambique	mz
🇳🇦	flag: Namibia	na
🇳🇨	flag: New Caledonia	nc
🇳🇪	flag: Niger	ne
🇳🇫	flag: Norfolk Island	nf
🇳🇬	flag: Nigeria	ng
🇳🇮	flag: Nicaragua	ni
🇳🇱	flag: Netherlands	nl
🇳🇴	flag: Norway	no
🇳🇵	flag: Nepal	np
🇳🇷	flag: Nauru	nr
🇳🇺	flag: Niue	nu
🇳🇿	flag: New Zealand	nz
🇴🇲	flag: Oman	om
🇵🇦	flag: Panama	pa
🇵🇪	flag: Peru	pe
🇵🇫	flag: French Polynesia	pf
🇵🇬	flag: Papua New Guinea	pg
🇵🇭	flag: Philippines	ph
🇵🇰	flag: Pakistan	pk
🇵🇱	flag: Poland	pl
🇵🇲	flag: St. Pierre & Miquelon	pm
🇵🇳	flag: Pitcairn Islands	pn
🇵🇷	flag: Puerto Rico	pr
🇵🇸	flag: Palestinian Territories	ps
🇵🇹	flag: Portugal	pt
🇵🇼	flag: Palau	pw
🇵🇾	flag: Paraguay	py
🇶🇦	flag: Qatar	qa
🇷🇪	flag: Réunion	re
🇷🇴	flag: Romania	ro
🇷🇸	flag: Serbia	rs
🇷🇺	flag: Russia	ru
🇷🇼	flag: Rwanda	rw
🇸🇦	flag: Saudi Arabia	sa
🇸🇧	flag: Solomon Islands	sb
🇸🇨	flag: Seychelles	sc
🇸🇩	flag: Sudan	sd
🇸🇪	flag: Sweden	se
🇸🇬	flag: Singapore	sg
🇸🇭	flag: St. Helena	sh
🇸🇮	flag: Slovenia	si
🇸🇯	flag: Svalbard & Jan Mayen	sj
🇸🇰	flag: Slovakia	sk
🇸🇱	flag: Sierra Leone	sl
🇸🇲	flag: San Marino	sm
🇸🇳	flag: Senegal	sn
🇸🇴	flag: Somalia	so
🇸🇷	flag: Suriname	sr
🇸🇸	flag: South Sudan	ss
🇸🇹	flag: São Tomé & Príncipe	st
🇸🇻	flag: El Salvador	sv
🇸🇽	flag: Sint Maarten	sx
🇸🇾	flag: Syria	sy
🇸🇿	flag: Eswatini	sz
🇹🇦	flag: Tristan da Cunha	ta
🇹🇨	flag: Turks & Caicos Islands	tc
🇹🇩	flag: Chad	td
🇹🇫	flag: French Southern Territories	tf
🇹🇬	flag: Togo	tg
🇹🇭	flag: Thailand	th
🇹🇯	flag: Tajikistan	tj
🇹🇰	flag: Tokelau	tk
🇹🇱	flag: Timor-Leste	tl
🇹🇲	flag: Turkmenistan	tm
🇹🇳	flag: Tunisia	tn
🇹🇴	flag: Tonga	to
🇹🇷	flag: Türkiye	tr
🇹🇹	flag: Trinidad & Tobago	tt
🇹🇻	flag: Tuvalu	tv
🇹🇼	flag: Taiwan	tw
🇹🇿	flag: Tanzania	tz
🇺🇦	flag: Ukraine	ua
🇺🇬	flag: Uganda	ug
🇺🇲	flag: U.S. Outlying Islands	um
🇺🇳	flag: United Nations	un
🇺🇸	flag: United States	us
🇺🇾	flag: Uruguay	uy
🇺🇿	flag: Uzbekistan	uz
🇻🇦	flag: Vatican City	va
🇻🇨	flag: St. Vincent & Grenadines	vc
🇻🇪	flag: Venezuela	ve
🇻🇬	flag: British Virgin Islands	vg
🇻🇮	flag: U.S. Virgin Islands	vi
🇻🇳	flag: Vietnam	vn
🇻🇺	flag: Vanuatu	vu
🇼🇫	flag: Wallis & Futuna	wf
🇼🇸	flag: Samoa	ws
🇽🇰	flag: Kosovo	xk
🇾🇪	flag: Yemen	ye
🇾🇹	flag: Mayotte	yt
🇿🇦	flag: South Africa	za
🇿🇲	flag: Zambia	zm
🇿🇼	flag: Zimbabwe	zw
🏴󠁧󠁢󠁥󠁮󠁧󠁿	flag: England	gbeng
🏴󠁧󠁢󠁳󠁣󠁴󠁿	flag: Scotland	gbsct
🏴󠁧󠁢󠁷󠁬󠁳󠁿	flag: Wales	gbwls`}];var Ch=80,Ss;function Ts(){let e=t=>{let[n="",i="",r=""]=t.split("	");return{emoji:n,name:i,words:`${i} ${r}`.toLowerCase()}};return Ss??=new Map(Lr.map(({key:t,lines:n})=>[t,n.split(`
`).map(e)])),Ss}function Mh(e){let t=e.toLowerCase().split(/\s+/).filter(Boolean),n=({words:o})=>t.every(a=>o.startsWith(a)||o.includes(` ${a}`)),i=({words:o})=>o.startsWith(t[0]??"")?0:1;return[...Ts().values()].flat().filter(n).sort((o,a)=>i(o)-i(a)).slice(0,Ch)}function si(e){let t=Ts(),n=new Map([...t.values()].flat().map(({emoji:E,name:v})=>[E,v])),i=E=>{Xt.add(E),C.close(),e(E)},r=c("div.emoji-grid",{onclick:E=>o(E.target)}),o=E=>{let v=E.closest("[data-pick]")?.dataset.pick;v&&i(v)},a=E=>c("button.emoji",{type:"button","data-pick":E,"aria-label":n.get(E)??E,title:n.get(E)},E),s=E=>{let v=E==="recent"?Xt.get():(t.get(E)??[]).map(({emoji:D})=>D);r.replaceChildren(...v.map(a)),r.scrollTop=0;for(let D of x.children)D.setAttribute("aria-pressed",String(D.dataset.group===E))},u=()=>{if(!d.value.trim())return s(m);let E=Mh(d.value);r.replaceChildren(...E.map(({emoji:v})=>a(v))),E.length===0&&r.append(c("p.empty",{},l.nothingFound))},h=E=>{let v=r.querySelector("[data-pick]")?.dataset.pick;E.key!=="Enter"||!v||(E.preventDefault(),i(v))},d=c("input",{type:"search",placeholder:l.searchEmoji,"aria-label":l.searchEmoji,oninput:u,onkeydown:h}),m=Xt.get().length?"recent":"smileys",p=[...Xt.get().length?["recent"]:[],...Lr.map(({key:E})=>E)],f=E=>E==="recent"?"🕘":t.get(E)[0].emoji,x=c("div.emoji-groups",{role:"group","aria-label":l.emojiGroups.title},...p.map(E=>c("button.emoji",{type:"button","data-group":E,title:l.emojiGroups[E],"aria-label":l.emojiGroups[E],"aria-pressed":"false",onclick:()=>s(E)},f(E)))),C=et(l.chooseEmoji,d,x,r);C.classList.add("emoji-picker"),s(m),d.focus()}var Rr=e=>e.dataTransfer?.types.includes("Files")??!1;function Ah(e){return[...e.items].filter(({kind:n})=>n==="file").filter(n=>!n.webkitGetAsEntry?.()?.isDirectory).flatMap(n=>n.getAsFile()??[])}function Cs({clipboardData:e}){return!e||e.types.includes("text/html")&&e.getData("text/plain").trim()!==""?[]:[...e.files]}function Ms(e,t,n){let i=c("div.drop-veil",{hidden:!0},c("p",{},Y("clip"),l.files.dropHere));e.append(i);for(let r of["dragover","drop"])window.addEventListener(r,o=>Rr(o)&&o.preventDefault());e.addEventListener("dragover",r=>{Rr(r)&&t()&&(i.hidden=!1)}),e.addEventListener("dragleave",r=>{e.contains(r.relatedTarget)||(i.hidden=!0)}),e.addEventListener("drop",r=>{i.hidden=!0,!(!Rr(r)||!t())&&(r.preventDefault(),n(Ah(r.dataTransfer)))})}function As(e){let t=G(l.fileAddress,{type:"url",required:!0,placeholder:"https://…",pattern:"https?://.+",dir:"ltr"}),n=G(l.nameOptional,{maxlength:80}),i=o=>{o.preventDefault();let a=t.input.value,s=new URL(a).pathname.split("/").pop();r.close(),e({url:a,name:n.input.value.trim()||s||a,size:0,mimeType:"application/octet-stream"})},r=et(l.attachLink,c("form",{onsubmit:i},t.element,n.element,c("button.primary",{type:"submit"},l.attach)));t.input.focus()}var Ih=6,Nh=/(?:^|\s)@([\w.-]*)$/,li=class{element=c("ul.options.completion",{role:"listbox",id:"mentions","aria-label":l.membersHeading,hidden:!0});#t;#e;#n=[];#i=0;#r=!1;constructor(t,n){this.#t=t,this.#e=n,t.setAttribute("aria-controls","mentions"),t.setAttribute("aria-autocomplete","list")}hide(){this.element.hidden=!0,this.#n=[],this.#t.removeAttribute("aria-activedescendant")}update(){let t=this.#a()?.toLowerCase(),n=this.#e(),i=n?.room.members;if(t===void 0||!n)return this.hide();if(!i)return this.hide(),void this.#o(n);let r=({username:o,displayName:a})=>o.toLowerCase().startsWith(t)||a.toLowerCase().startsWith(t);this.#n=[...i.values()].map(({user:o})=>o).filter(r).slice(0,Ih),this.#i=0,this.#s()}key(t){if(this.#n.length===0)return!1;let n={ArrowDown:1,ArrowUp:-1}[t.key];if(n)this.#i=(this.#i+n+this.#n.length)%this.#n.length;else if(t.key==="Enter"||t.key==="Tab")this.#l(this.#n[this.#i]);else if(t.key==="Escape")this.hide();else return!1;return t.preventDefault(),n&&this.#s(),!0}async#o(t){if(this.#r)return;this.#r=!0;let n=await t.members().catch(()=>{});this.#r=!1,n&&document.activeElement===this.#t&&this.update()}#a=()=>this.#t.value.slice(0,this.#t.selectionStart).match(Nh)?.[1];#l(t){let n=this.#t.selectionStart;this.#t.setRangeText(`${t.username} `,n-(this.#a()?.length??0),n,"end"),this.hide(),this.#t.focus(),this.#t.dispatchEvent(new Event("input"))}#s(){this.element.hidden=this.#n.length===0,this.element.replaceChildren(...this.#n.map((t,n)=>this.#c(t,n))),this.#n.length?this.#t.setAttribute("aria-activedescendant",`mention-${this.#i}`):this.#t.removeAttribute("aria-activedescendant")}#c(t,n){let i=r=>{r.preventDefault(),this.#l(t)};return c("li",{role:"option",id:`mention-${n}`,"aria-selected":String(n===this.#i),onmousedown:i},wt(t,t.status),c("span.lines",{},R(t.displayName),c("small",{},R(`@${t.username}`))))}};var Ph=["image/png","image/jpeg","image/gif","image/webp","image/avif"],Or=e=>Ph.includes(e),Dr=e=>e.id!==void 0&&e.url.startsWith("/files/"),ln=e=>Dr(e)&&Or(e.mimeType),Lh=/[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;function Is(e){let t=[...e.replace(Lh,"").replace(/[/\\]/g,"_").trim()],n=[...t.join("").match(/\.[^.]{1,16}$/)?.[0]??""],r=(t.length>255?[...t.slice(0,255-n.length),...n]:t).join("");return r===""||r==="."||r===".."?"file":r}var Ns=e=>/^[\w.+-]+\/[\w.+-]+$/.test(e.type)?e.type:"application/octet-stream";var ci=96,Rh=40<<20;async function _r(e){if(!(!Or(e.type)||e.size>Rh))try{let t=await createImageBitmap(e),{width:n,height:i}=t,r=Math.min(n,i),o=c("canvas",{width:ci,height:ci,"aria-hidden":"true"});return o.getContext("2d")?.drawImage(t,(n-r)/2,(i-r)/2,r,r,0,0,ci,ci),t.close(),{width:n,height:i,canvas:o}}catch{return}}var cn=20,Oh=3,_e=class{element=c("div.tray",{hidden:!0});onChange=()=>{};waiting;#t;#e;#n=c("ul",{"aria-label":l.files.attached});#i=c("p.hint",{hidden:!0},l.files.sentWhenUploaded);#r=c("p.visually-hidden",{role:"status"});#o=[];constructor(t,n,i=[]){this.#t=t,this.#e=n,this.element.append(this.#n,this.#i,this.#r);for(let r of i)this.add(r)}get isEmpty(){return this.#o.length===0}get isBusy(){return this.#o.some(({state:t})=>t==="queued"||t==="uploading")}get hasFailed(){return this.#o.some(({state:t})=>t==="failed")}get isUnsaved(){return this.#o.some(({file:t})=>t!==void 0)}get attachments(){return this.#o.flatMap(({attachment:t})=>t??[])}upload(t){this.#o.length+t.length>cn&&V(l.files.tooMany(cn));for(let n of t.slice(0,cn-this.#o.length)){let i=this.#a(Is(n.name),n.size,n);i.problem=this.#s(n),i.state=i.problem===void 0?"queued":"failed",this.#l(i,n),this.#f(i)}this.#h(),this.#c()}add(t){if(this.#o.length>=cn)return V(l.files.tooMany(cn));let n=this.#a(t.name??"",t.size??0);n.attachment=t,this.#f(n),this.#h()}clear(){this.#o=[],this.waiting=void 0,this.#n.replaceChildren(),this.#h()}cancel(){for(let{abort:t}of this.#o)t.abort();this.clear()}draw(){this.#i.hidden=this.waiting===void 0;for(let t of this.#o)this.#f(t)}#a(t,n,i){let r={name:t,size:n,file:i,state:"done",abort:new AbortController,picture:c("span.kind",{},Y(i?"file":"clip")),text:c("small",{}),bar:c("progress",{max:"1","aria-label":l.files.uploadOf(t)}),retry:$("retry",l.files.uploadAgain(t),()=>this.#p(r)),element:c("li",{})},o=$("close",l.files.remove(t),()=>this.#m(r));return r.element.append(r.picture,c("span.lines",{},c("strong",{title:t},R(t)),r.text,r.bar),r.retry,o),this.#o.push(r),this.#n.append(r.element),r}async#l(t,n){let i=await _r(n);i&&t.picture.replaceChildren(i.canvas)}#s({size:t}){let n=this.#t.limits?.fileBytes;return t===0?l.files.empty:n!==void 0&&t>n?l.files.tooLarge(Vt(n)):void 0}#c(){let t=this.#o.filter(({state:i})=>i==="uploading").length,n=this.#o.filter(({state:i})=>i==="queued").slice(0,Oh-t);for(let i of n)this.#u(i,i.file)}async#u(t,n){let{signal:i}=t.abort,r=(o,a)=>{o>0&&(t.bar.value=o/a),this.#f(t)};t.state="uploading",t.bar.removeAttribute("value"),this.#f(t);try{let o=await _r(n),a=o&&{width:o.width,height:o.height};t.attachment=await this.#e.upload(n,{name:t.name,mimeType:Ns(n),...a,onProgress:r,signal:i}),t.state="done",this.#g(l.files.uploaded(N(t.name)))}catch(o){if(i.aborted)return;t.state="failed",t.problem=this.#d(o),this.#g(l.says(N(t.name),t.problem))}this.#f(t),this.#c(),this.#h()}#d(t){let n=this.#t.limits;return t instanceof Ut?l.files.interrupted:!(t instanceof it)||!n?dt(t):t.code==="TOO_LARGE"?l.files.tooLarge(Vt(n.fileBytes)):t.code==="CONFLICT"&&t.field==="size"?l.files.quota(Vt(n.fileBytesPerUser)):dt(t)}#p(t){t.state="queued",t.problem=void 0,this.#f(t),this.#h(),this.#c()}#m(t){t.abort.abort();let n=this.#o.indexOf(t);this.#o.splice(n,1),t.element.remove(),this.#o[Math.min(n,this.#o.length-1)]?.element.querySelector("button:last-child")?.focus(),this.#c(),this.#h()}#h(){this.element.hidden=this.isEmpty,this.isEmpty&&(this.waiting=void 0),this.#i.hidden=this.waiting===void 0,this.onChange()}#g(t){this.#r.textContent=t}#f(t){let{state:n,problem:i,bar:r,size:o,file:a}=t,s=this.#t.client.status.phase!=="online",u=n==="queued"||n==="uploading",h=o>0?Vt(o):l.files.link,d=s?l.files.waitsForConnection:n==="queued"?l.files.waits:l.files.uploading(cs(r.position<0?0:r.position));t.text.replaceChildren(Q(i??(u?d:h))),t.element.classList.toggle("failed",n==="failed"),r.hidden=!u,t.retry.hidden=n!=="failed"||a===void 0||this.#s(a)!==void 0}};var Dh=4e3,_h=220,Ps=.9,ui=class{element;onEditLast=()=>{};onSent=()=>{};#t;#e;#n=c("div.about",{hidden:!0});#i=c("p.counter",{hidden:!0,role:"status"});#r=c("button.icon.send",{type:"submit",title:l.send,"aria-label":l.send},Y("send"));#o;#a;#l=c("input",{type:"file",multiple:!0,hidden:!0,onchange:()=>this.#I()});#s=new Map;#c=c("div.tray-place",{hidden:!0});#u;#d;#p;#m;#h=0;#g=0;constructor(t){this.#t=t,this.#e=c("textarea",{rows:"1",placeholder:l.message,"aria-label":l.message,enterkeyhint:"send",autocomplete:"off",dir:"auto",oninput:()=>this.#E(),onkeydown:o=>this.#M(o),onpaste:o=>this.#R(o)}),this.#a=new li(this.#e,()=>this.#d);let n=$("clip",l.files.attach,()=>this.#l.click());this.#o=[n,$("link",l.attachLink,()=>this.#O(),{class:"icon wide"}),$("smile",l.insertEmoji,()=>si(o=>this.#S(o)))];let i=o=>{o.preventDefault(),this.#C()},r=c("div.line",{},...this.#o,this.#e,this.#r);this.element=c("form.composer",{onsubmit:i},this.#n,this.#a.element,this.#c,r,this.#i,this.#l),new ResizeObserver(()=>this.#e.clientWidth!==this.#g&&this.#v()).observe(this.#e),t.client.on("status",()=>this.#u?.draw()),window.addEventListener("beforeunload",o=>[...this.#s.values()].some(({isUnsaved:a})=>a)&&o.preventDefault())}open(t){this.#k(),this.#d=t,this.#b(t?Jt.get(t.id):"")}get isOpen(){return this.#d!==void 0&&!this.#e.disabled}attach(t){!this.isOpen||t.length===0||(this.#u?.upload(t),this.focus())}draw(t){let n=!Jn(t);this.#e.disabled=n;for(let i of this.#o)i.disabled=n;this.#e.placeholder=t.object.active?n?l.onlyAdminsPost:l.messageTo(N(rt(t))):l.chatIsArchived,this.#x()}focus(){this.#e.focus()}reply(t){this.#m&&this.#b(""),this.#p=t,this.#y(),this.focus()}edit(t){this.#d&&this.#f(t,t.content,new _e(this.#t,this.#d,t.attachments))}restore(t,n=[]){let i=this.#m?"":this.#e.value;this.#b(i?`${t}
${i}`:t);for(let r of n)this.#u?.add(r);this.#k(),this.focus()}#f(t,n,i){this.#k(),this.#b(n),this.#m=t,this.#N(i),this.#y(),this.focus()}#b(t){this.#m&&this.#u?.cancel(),this.#e.value=t,this.#p=this.#m=void 0,this.#N(this.#d&&this.#L(this.#d)),this.#h=0,this.#y(),this.#a.hide(),this.#v(),this.#x()}#w(){this.#b(this.#m&&this.#d?Jt.get(this.#d.id):this.#e.value),this.focus()}#y(){let t=this.#m??this.#p,n=this.#m?l.editingMessage:l.replyingTo(N(t?.sender.displayName??""));this.#n.hidden=!t,this.#n.replaceChildren(c("span.lines",{},t&&c("strong",{},Q(n)),t&&c("small",{},R(mt(t)))),$("close",l.cancel,()=>this.#w()))}#v(){this.#g=this.#e.clientWidth,this.#e.style.height="",this.#g>0&&this.#e.value&&(this.#e.style.height=`${Math.min(this.#e.scrollHeight,_h)}px`)}#x(){let t=ts(this.#t),n=this.#e.value.length<t*Ps?0:jo(this.#e.value.trim()),i=n-t;this.#i.hidden=n<t*Ps,this.#i.classList.toggle("over",i>0),this.#i.textContent=i>0?l.tooLong(i):l.characters(ft(n),ft(t)),this.#r.disabled=this.#e.disabled||i>0}#k(){this.#d&&!this.#m&&Jt.set(this.#d.id,this.#e.value)}#E(){this.#v(),this.#x(),this.#a.update(),this.#k(),!(this.#m||Date.now()-this.#h<Dh)&&(this.#h=Date.now(),this.#d?.typing(this.#e.value.trim()!==""))}#S(t){this.#e.setRangeText(t,this.#e.selectionStart,this.#e.selectionEnd,"end"),this.#E(),this.focus()}#M(t){t.isComposing||this.#a.key(t)||(t.key==="Enter"&&!t.shiftKey?(t.preventDefault(),this.#C()):t.key==="Escape"&&(this.#m||this.#p)?this.#w():t.key==="ArrowUp"&&this.#e.value===""&&(t.preventDefault(),this.onEditLast()))}#C(){let t=this.#e.value.trim(),n=this.#d,i=this.#u;if(this.#x(),!n||!i||t===""&&i.isEmpty||this.#r.disabled)return;if(i.hasFailed)return V(l.files.failedFirst);if(i.isBusy)return this.#T(i);if(this.#m)return void this.#P(n,this.#m,t,i);let r=Ls(t,this.#p?.id,i);i.clear(),this.#b(""),this.#k(),n.send(r).catch(()=>{}),this.onSent()}#T(t){t.waiting=this.#p?{replyTo:this.#p.id}:{},t.draw()}#A(t,n){if(n===this.#u&&(this.#c.hidden=n.isEmpty,this.#x()),n.waiting===void 0||n.isBusy)return;let{replyTo:i}=n.waiting;if(n.waiting=void 0,n.draw(),n.hasFailed)return;if(n===this.#u)return this.#C();let r=Ls(Jt.get(t.id).trim(),i,n);n.clear(),Jt.set(t.id,""),t.send(r).catch(()=>{})}async#P(t,n,i,r){let{attachments:o}=r,a=Fh(n.attachments,o);if(this.#b(Jt.get(t.id)),i===n.content&&a)return;let s={type:"EDIT_MESSAGE",chatId:t.id,messageId:n.id,content:i,...a?{}:{attachments:o}};if(await A(this.#t.client.command(s))||this.#d!==t||this.#e.value!==Jt.get(t.id))return;let u=new _e(this.#t,t);for(let h of o)u.add(h);this.#f(n,i,u)}#L(t){let n=this.#s.get(t.id)??new _e(this.#t,t);return this.#s.set(t.id,n),n}#N(t){if(this.#u=t,this.#c.replaceChildren(...t?[t.element]:[]),this.#c.hidden=t?.isEmpty??!0,!t||!this.#d)return;let n=this.#d;t.onChange=()=>this.#A(n,t),t.draw()}#I(){this.attach([...this.#l.files??[]]),this.#l.value=""}#R(t){let n=Cs(t);n.length!==0&&(t.preventDefault(),this.attach(n))}#O(){As(t=>{this.#u?.add(t),this.focus()})}};function Ls(e,t,{attachments:n}){return{content:e,...t===void 0?{}:{replyTo:t},...n.length>0?{attachments:n}:{}}}var Fh=(e,t)=>e.length===t.length&&e.every(({id:n,url:i},r)=>n===t[r].id&&i===t[r].url);var di=class{element=c("div.preview");#t;#e;#n="";#i;#r=0;constructor(t,n){this.#t=t,this.#e=n}open(t){if(t===this.#n&&this.#i)return this.draw();this.#n=t,this.#i=void 0,this.draw(),t&&this.#o(t)}draw(){this.element.replaceChildren(...this.#l())}async#o(t){let n=++this.#r,i=await this.#a(t).catch(o=>o);if(n!==this.#r)return;this.#i=i,!(i instanceof Error)&&this.#t.client.state.rooms.has(i.id)?this.#t.open(i.id):this.draw()}async#a(t){let{client:n}=this.#t,i=async r=>(await n.command({type:"GET_CHAT",chatId:r})).chat;try{return await i(t)}catch(r){if(!(r instanceof it&&(r.code==="NOT_FOUND"||r.code==="INVALID_ARGUMENT"))||t.startsWith("#"))throw r;return i(`#${t}`)}}#l(){let t=$("back",l.backToChats,this.#e);if(t.classList.add("back"),!this.#t.isLoaded)return[t,c("p.hero",{"aria-busy":"true"},l.loading)];if(!this.#n){let n=H(l.startAChat,()=>sn(this.#t),"primary");return[c("div.hero",{},Y("mail"),c("h2",{},l.chooseAChat),c("p",{},l.chooseAChatHint),n)]}return this.#i?[t,this.#i instanceof Error?zh(this.#i,this.#e):this.#s(this.#i)]:[t,c("p.hero",{"aria-busy":"true"},l.loading)]}#s(t){let n=async()=>{let i=await A(this.#t.client.join(t.id));i&&this.#t.open(i.id)};return c("div.hero",{},Y("hash"),c("h2",{dir:"auto"},R(`#${t.name}`)),t.description&&c("p",{dir:"auto"},t.description),c("p",{},l.members(t.memberCount)),c("p",{},Q(l.notAMember(N(`#${t.name}`)))),H(l.joinChannel,()=>{n()},"primary"))}};function zh(e,t){let n=e instanceof it&&(e.code==="NOT_FOUND"||e.code==="INVALID_ARGUMENT");return c("div.hero",{role:"alert"},Y("search"),c("h2",{},n?l.chatNotFound:l.cannotOpenChat),c("p",{},n?l.chatNotFoundHint:dt(e)),H(l.backToChats,t))}function un(e,t){let n=c("div.profile-place",{"aria-busy":"true"},c("p.empty",{},l.loading)),i=et(l.profile.title,n);(async()=>{let o=await A(e.client.command({type:"GET_USER",userId:t}));if(!o)return i.close();n.replaceChildren(...Hh(e,o.user,()=>i.close())),n.removeAttribute("aria-busy")})()}function Rs(e,t,n){let i=[...t.room.members?.values()??[]].find(({user:r})=>r.username.toLowerCase()===n.toLowerCase());i&&un(e,i.user.id)}async function Fr(e,t){let n=await A(e.client.direct(t));return n&&e.open(n.id),n!==void 0}function Hh(e,t,n){let i=[[l.profile.status,l.status[t.status]],t.lastSeenAt&&t.status==="offline"&&[l.profile.lastSeen,At(t.lastSeenAt)],[l.profile.role,l.serverRoles[t.role]],[l.profile.since,At(t.createdAt)]].filter(u=>!!u),r=async()=>await Fr(e,t.id)&&n(),o=t.id===e.client.me.id,a=c("div.profile",{},wt(t,t.status),c("div.lines",{},c("strong",{},R(t.displayName)),c("small",{},R(`@${t.username}`),t.kind==="bot"&&c("span.bot",{},l.bot)))),s=c("dl",{},...i.flatMap(([u,h])=>[c("dt",{},u),c("dd",{},h)]));return o?[a,s]:[a,s,c("footer",{},H(l.profile.write,()=>{r()},"primary"))]}var jh=["owner","admin","member"],Os={owner:0,admin:1,member:2};function Ds(e,t,n,i){let r=c("ul.results",{"aria-label":l.membersHeading}),o=async()=>{let s=await A(t.members());s&&r.replaceChildren(...[...s.values()].sort(Bh).map(u=>Uh(e,t,u,n,i)))},a=e.client.on("change",s=>s.has(t.id)&&e.client.state.rooms.has(t.id)&&void o());return o(),{element:r,stop:a}}var Bh=(e,t)=>Os[e.role]-Os[t.role]||ss(e.user.displayName,t.user.displayName);function Uh(e,t,{user:n,role:i},r,o){let a=N(n.displayName),s=n.id===e.client.me.id,u=r&&t.object.myRole==="owner",h=async()=>await Fr(e,n.id)&&o();return c("li.member",{},c("button.person",{type:"button",onclick:()=>un(e,n.id)},wt(n,n.status),c("span.lines",{},c("strong",{},R(n.displayName)),c("small",{},R(`@${n.username}`)))),c("span.actions",{},u&&!s?qh(e,t,n.id,i,a):i!=="member"&&c("span.chip",{},l.roles[i]),!s&&t.object.kind!=="direct"&&$("mail",l.writeTo(a),()=>{h()}),r&&!s&&$("ban",l.banMember(a),()=>{$h(e,t,n.id,a)}),r&&!s&&$("close",l.removeMember(a),()=>{Gh(e,t,n.id,a)})))}function qh(e,t,n,i,r){let o=()=>{A(e.client.command({type:"UPDATE_MEMBER",chatId:t.id,userId:n,role:a.value}))},a=c("select.role",{"aria-label":l.roleOf(r),onchange:o},...jh.map(s=>c("option",{value:s},l.roles[s])));return a.value=i,a}async function $h(e,t,n,i){await pt({title:l.banMemberTitle,text:l.banMemberText(i,N(rt(t))),action:l.ban})&&await A(e.client.command({type:"BAN_MEMBER",chatId:t.id,userId:n}))}async function Gh(e,t,n,i){await pt({title:l.removeMemberTitle,text:l.removeMemberText(i,N(rt(t))),action:l.remove})&&await A(e.client.command({type:"REMOVE_MEMBERS",chatId:t.id,userIds:[n]}))}function _s(e,t){let{kind:n,myRole:i}=t.object,r=n!=="direct"&&(i==="owner"||i==="admin"),o=()=>u.close(),{element:a,stop:s}=Ds(e,t,r,o),u=et(N(rt(t)),t.object.description&&!r&&c("p",{dir:"auto"},t.object.description),Jh(e,t,o),Vh(t),c("h3",{},l.membersHeading),a,r&&Zh(e,t),r&&Kh(e,t),r&&Yh(e,t),Qh(e,t,o));u.addEventListener("close",s)}var Wh=["all","mentions","nothing"];function Vh(e){let t=[{value:"",label:l.notify.usual},...Wh.map(n=>({value:n,label:l.notify[n]}))];return Rt(l.notify.title,t,Ye.get(e.id)??"",n=>Ye.set(e.id,n||void 0))}function Kh(e,t){let n=G(l.name,{value:t.object.name,required:!0,maxlength:80}),i=G(l.description,{value:t.object.description??"",maxlength:500}),r=t.object.posting,o=["everyone","admins"].map(u=>({value:u,label:l.posting[u]})),a=Rt(l.posting.title,o,r,u=>r=u),s=async()=>{let u={name:n.input.value.trim(),description:i.input.value.trim(),posting:r};await A(e.client.command({type:"UPDATE_CHAT",chatId:t.id,...u}))&&V(l.saved)};return c("details",{},c("summary",{},l.editChat),c("form",{onsubmit:lt(s)},n.element,i.element,a,c("button",{type:"submit"},l.save)))}function Yh(e,t){let n=G(l.username,{required:!0,maxlength:32,dir:"ltr",spellcheck:"false"}),i=async()=>{let r=n.input.value.trim();await A(e.client.command({type:"UNBAN_MEMBER",chatId:t.id,userId:r}))&&(V(l.banLifted(N(r))),n.input.value="")};return c("details",{},c("summary",{},l.liftBan),c("form.inline",{onsubmit:lt(i)},n.element,c("button",{type:"submit"},l.moderation.unban)))}function Zh(e,t){let n=an(e,l.addMembers,{several:!0});return c("form.inline",{onsubmit:lt(async()=>{let r=n.names();r.length&&await A(e.client.command({type:"ADD_MEMBERS",chatId:t.id,members:r}))&&n.clear()})},n.element,c("button",{type:"submit"},l.add))}function Jh(e,t,n){let{pinned:i}=t.object;if(i.length===0)return!1;let r=o=>{let a=t.message(o),s=a?l.says(N(a.sender.displayName),N(mt(a))):l.earlierMessage;return c("li",{},c("button.hit.pin",{type:"button",onclick:()=>{n(),e.showMessage({chatId:t.id,id:o})}},Y("pin"),c("span",{},Q(s))))};return c("div",{},c("h3",{},l.pinnedMessages),c("ul.results",{"aria-label":l.pinnedMessages},...i.map(r)))}function Qh(e,t,n){let{kind:i,myRole:r,muted:o,active:a}=t.object,{client:s}=e,u=async()=>await A(s.command({type:"MUTE_CHAT",chatId:t.id,...o?{until:null}:{}}))&&n(),h=async()=>{await pt({title:l.leaveTitle,text:l.leaveText(N(rt(t))),action:l.leave})&&await A(t.leave())&&n()},d=async()=>{await pt({title:l.deleteChatTitle,text:l.deleteChatText(N(rt(t))),action:l.deleteChat})&&await A(s.command({type:"DELETE_CHAT",chatId:t.id}))&&n()},m=async()=>{(!a||await pt({title:l.archiveTitle,text:l.archiveText(N(rt(t))),action:l.archive,danger:!1}))&&await A(s.command({type:"UPDATE_CHAT",chatId:t.id,active:!a}))&&n()},p=i==="direct"||r==="owner",f=i!=="direct"&&(r==="owner"||r==="admin");return c("footer",{},H(o?l.unmute:l.mute,()=>{u()}),f&&H(a?l.archive:l.restore,()=>{m()}),i!=="direct"&&H(l.leave,()=>{h()},"danger"),p&&H(l.deleteChat,()=>{d()},"danger"))}var hi=class{element=c("header.heading");#t;#e;#n="";constructor(t,n){this.#t=t,this.#e=n}draw(t){let i=[Xh(t),t.object.active?"":l.archived,t.object.description?N(t.object.description):""].filter(Boolean).join(" · "),r=JSON.stringify([t.id,rt(t),i,t.object.peer?.status]);if(this.#n===r)return;this.#n=r;let o=$("back",l.backToChats,this.#e);o.classList.add("back");let a=c("button.title",{type:"button",title:l.aboutThisChat,onclick:()=>_s(this.#t,t)},Le(t),c("span.lines",{},c("strong",{},R(rt(t))),c("small",{},Q(i)))),s=$("search",l.searchInThisChat,()=>oi(this.#t,t));this.element.replaceChildren(o,c("h2",{},a),s)}};function Xh(e){let{kind:t,peer:n,memberCount:i}=e.object;return t!=="direct"?l.members(i):n?n.status==="offline"&&n.lastSeenAt?l.lastSeen(Oe(n.lastSeenAt)):l.status[n.status]:""}function Fs(e,{chatId:t,pictures:n,first:i},r){let o=Math.max(n.findIndex(({id:k})=>k===i),0),a=c("img",{alt:""}),s=c("div.stage",{},a),u=c("p.problem",{role:"alert"}),h=c("h2",{}),d=c("small",{role:"status"}),m=()=>n[o],p=()=>{e.download({chatId:t,id:m().id,name:m().name})},f=$("previous",l.files.previousPicture,()=>T(o-1)),x=$("next",l.files.nextPicture,()=>T(o+1)),C=$("close",l.close,()=>v.close()),E=c("header",{},c("div.lines",{},h,d),$("download",l.files.downloadThis,p),C),v=c("dialog.lightbox",{onclose:()=>j(),onkeydown:k=>O(k)},E,s,u,f,x);s.addEventListener("click",k=>k.target===s&&v.close());async function D(k){let{id:P}=m(),q=await e.addresses.of({chatId:t,id:P},{renew:k}).catch(()=>{});return m().id!==P||q===void 0?m().id!==P:(a.src=q,a.decode().then(()=>!0,()=>m().id!==P))}async function T(k){if(k<0||k>=n.length)return;o=k;let{name:P,size:q,id:J}=m();h.replaceChildren(R(P)),d.textContent=[Vt(q),n.length>1&&l.files.position(ft(o+1),ft(n.length))].filter(Boolean).join(" · "),v.setAttribute("aria-label",P),a.removeAttribute("src"),a.alt=P,u.textContent="",f.hidden=o===0,x.hidden=o===n.length-1,(document.activeElement===document.body||!v.contains(document.activeElement))&&C.focus(),!await D(!1)&&!await D(!0)&&m().id===J&&(u.textContent=l.files.pictureNotLoaded)}function O(k){let P=document.documentElement.dir==="rtl"?-1:1,J={ArrowLeft:-P,ArrowRight:P,Home:-o,End:n.length-1-o}[k.key];J!==void 0&&(k.preventDefault(),T(o+J))}function j(){v.remove(),r(m().id)}document.body.append(v),v.showModal(),T(o)}var tm=e=>{try{return decodeURIComponent(e)}catch{return e}};function em(e){let[t="",n]=e.slice(1).split("/").map(tm);return{chatId:t,messageId:n||void 0}}var zs=({chatId:e,messageId:t})=>e?`#${[e,t].filter(n=>n!==void 0).map(encodeURIComponent).join("/")}`:"",Hs=e=>`${location.origin}${location.pathname}${zs(e)}`,mi=class{#t;constructor(t){this.#t=t,window.addEventListener("popstate",()=>t(this.route))}get route(){return em(location.hash)}go(t,{replace:n=!1}={}){let i=this.route;if(i.chatId!==t.chatId||i.messageId!==t.messageId){let r=location.pathname+zs(t);n?history.replaceState(history.state,"",r):history.pushState({fromList:i.chatId===""},"",r)}this.#t(t)}toList(){history.state?.fromList?history.back():this.go({chatId:""},{replace:!0})}};var js=["👍","❤️","😂"],pi=class{#t;#e;#n;#i=c("div.toolbar",{role:"toolbar","aria-label":l.messageActions});#r;constructor(t,n,i){this.#t=t,this.#e=n,this.#n=i}hide(){this.#i.remove(),this.#r=void 0}showToolbar(t,n){if(this.#r===n&&this.#i.parentElement===t)return;this.#r=n;let i=js.map(o=>$(o,l.reactWith(o),()=>this.react(n,o))),r=this.#o(n).map(o=>$(o.icon,o.label,o.run));this.#i.replaceChildren(...i,...r),t.append(this.#i)}showSheet(t){let n=a=>()=>{o.close(),a()},i=[...js,"🎉","👀"].map(a=>$(a,l.reactWith(a),n(()=>this.react(t,a)))),r=this.#o(t).map(({icon:a,label:s,danger:u,run:h})=>c(u?"button.entry.danger":"button.entry",{type:"button",onclick:n(h)},Y(a),s)),o=et(l.messageActions,c("div.quick",{},...i),c("div.entries",{},...r));o.classList.add("sheet")}react(t,n){let{chat:i}=this.#t;if(!i||!t)return;let r=t.reactions.some(o=>o.emoji===n&&o.me);r||Xt.add(n),A(r?i.unreact(t.id,n):i.react(t.id,n))}#o(t){let{chat:n,client:i}=this.#t;if(!n)return[];let r=t.sender.id===i.me.id,o=n.object.myRole!=="member"||i.me.role!=="member",a=n.object.pinned.includes(t.id),s=[];return n.object.active&&(s.push({icon:"smile",label:l.addReaction,run:()=>si(u=>this.react(t,u))}),Jn(n)&&s.push({icon:"reply",label:l.reply,run:()=>this.#e.reply(t)})),t.content&&s.push({icon:"copy",label:l.copyText,run:()=>{Bs(t.content,l.textCopied)}}),s.push({icon:"link",label:l.copyLink,run:()=>{Bs(Hs({chatId:t.chatId,messageId:t.id}),l.linkCopied)}}),r||s.push({icon:"unread",label:l.markUnread,run:()=>{this.#n().markUnread(t)}}),o&&n.object.active&&s.push({icon:"pin",label:a?l.unpin:l.pin,run:()=>this.#a(t,a)}),r&&n.object.active&&s.push({icon:"edit",label:l.edit,run:()=>this.#e.edit(t)}),(r||o)&&s.push({icon:"trash",label:l.delete,danger:!0,run:()=>{this.#l(t)}}),s}#a(t,n){let{client:i}=this.#t,r={chatId:t.chatId,messageId:t.id};A(n?i.command({type:"UNPIN_MESSAGE",...r}):i.command({type:"PIN_MESSAGE",...r}))}async#l(t){let i=t.sender.id===this.#t.client.me.id?l.deleteOwnMessageText:l.deleteMessageText(N(t.sender.displayName));await pt({title:l.deleteMessageTitle,text:i,quote:mt(t,200),action:l.delete})&&await A(this.#t.client.chat(t.chatId).delete(t.id))&&V(l.messageWasDeleted)}};async function Bs(e,t){try{await navigator.clipboard.writeText(e),V(t)}catch{V(l.copyFailed)}}var fi=class{#t;#e=new Map;constructor(t){this.#t=t}of(t,{renew:n=!1}={}){let i=this.#e.get(t.id);if(i&&!n&&i.expiresAt-6e4>Date.now())return i.url;let r={url:this.#n(t),expiresAt:1/0};return this.#e.set(t.id,r),r.url.catch(()=>this.#e.get(t.id)===r&&this.#e.delete(t.id)),r.url}async#n({chatId:t,id:n}){let{url:i,expiresAt:r}=await this.#t.command({type:"GET_FILE",chatId:t,fileId:n}),o=this.#e.get(n);o&&(o.expiresAt=Date.parse(r));let{pathname:a,search:s}=new URL(i,location.origin);return a+s}};var nm=360,im=280,rm={width:280,height:210},om=800,gi=class{addresses;#t;#e=new Map;#n=new WeakMap;constructor(t,n){this.addresses=new fi(t);let i=r=>r.forEach(({isIntersecting:o,target:a})=>o&&this.#r(a));this.#t=new IntersectionObserver(i,{root:n,rootMargin:`${om}px 0px`})}clear(){this.#t.disconnect(),this.#e.clear()}of(t,n){let i=n.filter(ln).map(o=>this.#i(t,o)),r=n.filter(o=>!ln(o)).flatMap(o=>this.#a(t,o)??[]);return[i.length>0&&c("div.pictures",{},...i),r.length>0&&c("div.cards",{},...r)].filter(o=>o!==!1)}async download(t){let n=await A(this.addresses.of(t,{renew:!0}));n!==void 0&&c("a",{href:n,download:t.name}).click()}#i(t,n){let i=this.#e.get(n.id);if(i)return i;let r=c("div.picture-place",{"aria-busy":"true"}),{width:o,height:a}=am(n);r.style.width=`${o}px`,r.style.aspectRatio=`${o} / ${a}`;let s=c("img",{alt:n.name,decoding:"async",draggable:"false"});return r.append(c("button.picture",{type:"button","data-picture":n.id,"aria-label":l.files.openPicture(n.name)},s)),this.#e.set(n.id,r),this.#n.set(r,()=>{this.#o(r,s,t,n)}),this.#t.observe(r),r}#r(t){this.#t.unobserve(t),this.#n.get(t)?.(),this.#n.delete(t)}async#o(t,n,i,r){let o={chatId:i,id:r.id};for(let a of[!1,!0]){let s=await this.addresses.of(o,{renew:a}).catch(()=>{});if(s===void 0)break;if(n.src=s,await n.decode().then(()=>!0,()=>!1))return void t.removeAttribute("aria-busy")}t.removeAttribute("aria-busy"),t.classList.add("failed"),Object.assign(t.style,{minHeight:`${t.offsetHeight}px`,width:"",aspectRatio:""}),t.replaceChildren(this.#l(i,r))}#a(t,n){return Dr(n)?this.#l(t,n):/^https?:\/\//.test(n.url)?c("a.file",{href:n.url,target:"_blank",rel:"noopener noreferrer nofollow"},...Us(n,"link")):void 0}#l(t,n){let i=()=>{this.download({chatId:t,id:n.id,name:n.name})};return c("button.file",{type:"button","aria-label":l.files.download(n.name),title:n.name,onclick:i},...Us(n,"file"),Y("download"))}};function am({width:e,height:t}){if(!e||!t)return rm;let n=Math.min(1,nm/e,im/t);return{width:Math.max(Math.round(e*n),1),height:Math.max(Math.round(t*n),1)}}function Us({name:e,size:t,mimeType:n},i){let r=e.match(/\.([A-Za-z0-9]{1,5})$/)?.[1]?.toUpperCase()??n;return[c("span.kind",{},Y(i)),c("span.lines",{},c("strong",{},R(e)),c("small",{},[r,t>0&&Vt(t)].filter(Boolean).join(" · ")))]}function bi(e,t){let n=0,i=e.length;for(;n<i;){let r=n+i>>1;e[r].getBoundingClientRect().bottom<=t?n=r+1:i=r}return n}var yi=class{#t=new Map;#e=new Map;clear(){this.#t.clear(),this.#e.clear()}get(t){return this.#t.get(t)?.element}add(t,{inputs:n=[],draw:i,update:r}){let o=this.#t.get(t),a=o!==void 0&&o.inputs.length===n.length&&o.inputs.every((u,h)=>u===n[h]),s=o&&(a||r?.(o.element))?o.element:i();this.#e.set(t,{element:s,inputs:n})}place(t){this.#t=this.#e,this.#e=new Map,ti(t,[...this.#t.values()].map(({element:n})=>n))}};var qs=new WeakMap;function zr(e){let t=qs.get(e);if(!t){let n=new Date(e.createdAt);t={ms:n.getTime(),day:n.toDateString()},qs.set(e,t)}return t}var Fe=e=>zr(e).day;function $s(e,t){return zr(e).ms-zr(t).ms<3e5&&Fe(e)===Fe(t)&&e.sender.id===t.sender.id&&!e.replyTo}var wi=1e3,sm=4,ki=class{#t;#e;#n;#i=new Map;#r;constructor(t,n,i){this.#t=t,this.#e=n,this.#n=i}reset(){clearTimeout(this.#r),this.#i.clear()}look(){if(clearTimeout(this.#r),document.visibilityState!=="visible")return this.#i.clear();if(document.querySelector("dialog[open]"))return this.#o(wi);let t=performance.now(),n=this.#a();for(let o of this.#i.keys())n.has(o)||this.#i.delete(o);for(let[o,a]of n)this.#i.has(o)||this.#i.set(o,{seq:a,since:t});let i=[...this.#i.values()].filter(({since:o})=>t-o>=wi),r=[...this.#i.values()].filter(({since:o})=>t-o<wi);r.length&&this.#o(Math.min(...r.map(({since:o})=>o))+wi-t),i.length&&this.#n(Math.max(...i.map(({seq:o})=>o)))}#o(t){this.#r=setTimeout(()=>this.look(),Math.max(t,10))}#a(){let{top:t,bottom:n,height:i}=this.#t.getBoundingClientRect(),r=new Map;if(i===0)return r;let o=this.#e.querySelectorAll("article[data-id]");for(let a=bi(o,t);a<o.length;a++){let s=o[a];if(s.getBoundingClientRect().bottom>n+sm)break;r.set(s.dataset.id,Number(s.dataset.seq))}return r}};var lm=new Set(["","text","txt","plain","log","output"]),cm=new Set(["py","python","sh","bash","shell","zsh","console","yaml","yml","toml","rb","ruby","r","perl","dockerfile","make","makefile","ini","elixir"]),um=new Set(["sql","lua","haskell","hs"]),dm=String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`+"`(?:\\\\.|[^`\\\\])*`",hm=String.raw`\b(?:0x[\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\b`,mm=String.raw`[A-Za-z_$][\w$]*`,pm=new Set(`abstract and as async await begin bool boolean break case catch char class const constexpr continue crate def default defer del delete do done
  double elif else elsif end enum except export extends extern false fi final finally float fn for foreach from func function global go goto if impl
  implements import in include instanceof int interface is lambda let local long loop match mod module move mut namespace new nil none None not null of
  or override package pass print private protected pub public raise readonly record ref return self Self short signed static struct super switch
  template then this throw throws trait true True False try type typeof typedef union unless unsafe unsigned until use using var virtual void volatile
  when where while with yield select SELECT FROM WHERE INSERT INTO VALUES UPDATE SET DELETE CREATE TABLE INDEX JOIN LEFT INNER ON AND OR NOT NULL
  ORDER BY GROUP HAVING LIMIT AS PRIMARY KEY echo export fi esac sudo`.split(/\s+/));function fm(e){return cm.has(e)?"#[^\\n]*":um.has(e)?"--[^\\n]*":String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`}function Gs(e,t){let n=t.toLowerCase();if(lm.has(n))return[document.createTextNode(e)];let i=new RegExp(`(${fm(n)})|(${dm})|(${hm})|(${mm})`,"g"),r=[],o=0;for(let a of e.matchAll(i)){let[s,u,h,d,m]=a,p=u!==void 0?"comment":h!==void 0?"string":d!==void 0?"number":pm.has(m)?"keyword":"";p&&(r.push(document.createTextNode(e.slice(o,a.index)),c(`span.${p}`,{},s)),o=a.index+s.length)}return r.push(document.createTextNode(e.slice(o))),r}var gm=2e3;function Ws({lang:e,value:t}){let n=c("button.copy",{type:"button"},l.copy);return n.addEventListener("click",()=>{bm(t,n)}),c("figure.code",{dir:"ltr"},c("figcaption",{},c("span",{},e??""),n),c("pre",{tabindex:"0",role:"region","aria-label":e?`${l.code} (${e})`:l.code},c("code",{},...Gs(t,e??""))))}async function bm(e,t){try{await navigator.clipboard.writeText(e),t.textContent=l.copied}catch{t.textContent=l.copyFailed}setTimeout(()=>t.textContent=l.copy,gm)}var ym=/^(https?:|mailto:)/i,wm=/(^|[^\w@/])(@[A-Za-z0-9_.-]{2,31}[A-Za-z0-9_-])/g,km=/[*_`~[\]<>#|\\&=]|:\/\/|www\.|\w@|^[-+\d\s]|\s$|\n[-+\d\s]|[ \t]\n|\r/;function Hr(e,t){return km.test(e)?Pe(e).children.map(n=>we(n,t)):e===""?[]:[c("p",{dir:"auto"},Vs(e,t))]}function we(e,t){let n=()=>"children"in e?e.children.map(i=>we(i,t)):[];switch(e.type){case"text":return Vs(e.value,t);case"paragraph":return c("p",{dir:"auto"},...n());case"heading":return c("p.heading-text",{dir:"auto",role:"heading","aria-level":String(Math.min(e.depth+3,6))},...n());case"emphasis":return c("em",{},...n());case"strong":return c("strong",{},...n());case"delete":return c("s",{},...n());case"inlineCode":return c("code",{},e.value);case"break":return c("br");case"code":return Ws(e);case"blockquote":return c("blockquote",{dir:"auto"},...n());case"list":return e.ordered?c("ol",{start:e.start??1,dir:"auto"},...n()):c("ul",{dir:"auto"},...n());case"listItem":return vm(e,t);case"thematicBreak":return c("hr");case"link":return xm(e,n());case"table":return Em(e,t);default:return document.createTextNode("value"in e?String(e.value):"")}}function vm(e,t){let n=e.children.flatMap(i=>i.type==="paragraph"&&!e.spread?i.children.map(r=>we(r,t)):[we(i,t)]);return c("li",{dir:"auto"},...n)}function xm(e,t){if(!ym.test(e.url))return c("span",{},...t);let n={href:e.url,target:"_blank",rel:"noopener noreferrer nofollow",title:e.url,dir:"auto"};return c("a",n,...t)}function Em(e,t){let[n,...i]=e.children,r=(o,a)=>(o?.children??[]).map((s,u)=>{let h=e.align?.[u]??void 0;return c(a,{dir:"auto",class:h?`align-${h}`:void 0},...s.children.map(d=>we(d,t)))});return c("div.table",{tabindex:"0",role:"region","aria-label":l.table},c("table",{},c("thead",{},c("tr",{},...r(n,"th"))),c("tbody",{},...i.map(o=>c("tr",{},...r(o,"td"))))))}function Vs(e,{username:t}){let n=document.createDocumentFragment(),i=0;for(let r of e.matchAll(wm)){let[o,a="",s=""]=r;n.append(e.slice(i,r.index)+a);let u=s.slice(1).toLowerCase(),h=u===t.toLowerCase()||u==="channel"||u==="here";n.append(c(h?"bdi.mention.own":"bdi.mention",{"data-mention":u},s)),i=r.index+o.length}return n.append(e.slice(i)),n}var vi=class{element=c("div.content");#t;#e="";#n=0;#i=0;constructor(t){this.#t=t}update(t){if(t.startsWith(this.#e.slice(0,this.#n))||this.#o(),t===this.#e)return;this.#e=t;let n=Pe(t.slice(this.#n)).children;for(;this.element.childNodes.length>this.#i;)this.element.lastChild.remove();this.element.append(...n.map(i=>we(i,this.#t))),this.#r(n)}#r(t){let n=t.at(-1),i=t.at(-2);if(!n||!i||Ya(i)>=Pr(n))return;this.#i=this.element.childNodes.length-1;let r=this.#n+Pr(n);this.#n=this.#e.lastIndexOf(`
`,r-1)+1}#o(){this.element.replaceChildren(),this.#e="",this.#n=0,this.#i=0}};var Sm=10,Ks=new WeakMap;function Ys(e,t){let{sender:n,createdAt:i,deletedAt:r}=e,a=["message",n.id===t.me.id&&"own",t.grouped&&"grouped",r&&"deleted",t.streaming&&"streaming",`from-${e.role}`],s=t.grouped?Js(i,"aside"):Qs(e,"face",wt(n)),u=l.messageLabel(N(n.displayName),on(i)),h=c(`article.${a.filter(Boolean).join(".")}`,{"data-id":e.id,"data-seq":e.seq,tabindex:"-1","aria-label":u},s),d=c("div.body",{},!t.grouped&&Tm(e),Am(e,t),Cm(e,t,h),...t.files.of(e.chatId,e.deletedAt?[]:e.attachments),Im(e,t));return h.append(d,...Mm(e,t)),h}function Zs(e,t){let n=Ks.get(e);return n?.update(t.content),n!==void 0}var Js=(e,t)=>c(`time.${t}`,{datetime:e,title:At(e)},on(e));function Qs(e,t,...n){return c(`button.${t}`,{type:"button","data-user":e.sender.id,tabindex:"-1","aria-hidden":t==="face"?"true":void 0},...n)}function Tm(e){let{sender:t,createdAt:n}=e;return c("header",{},Qs(e,"sender",R(t.displayName)),t.kind==="bot"&&c("span.bot",{},l.bot),Js(n,"at"))}function Cm(e,t,n){if(e.deletedAt)return c("div.content",{},c("p",{},l.messageDeleted));if(!t.streaming)return c("div.content",{},...Hr(e.content,t.me));let i=new vi(t.me);return i.update(e.content),Ks.set(n,i),i.element}function Mm(e,t){let{sender:n,editedAt:i,deletedAt:r}=e;if(t.streaming)return[c("div.marks",{},c("button.stop",{type:"button","data-stop":""},l.stop))];let o=n.id===t.me.id&&!r;if(!o&&!t.pinned&&(!i||r))return[];let a={title:t.seen?l.readByAll:l.sent,role:"img","aria-label":t.seen?l.readByAll:l.sent};return[c("div.marks",{},t.pinned&&c("span.pinned",{title:l.pinned,role:"img","aria-label":l.pinned},Y("pin")),i&&!r&&c("span.edited",{title:At(i)},l.edited),o&&c(t.seen?"span.tick.seen":"span.tick",a,t.seen?"✓✓":"✓"))]}function Am(e,t){if(t.quoted===void 0||e.deletedAt)return null;let n=t.quoted?l.says(N(t.quoted.sender.displayName),N(t.quoted.deletedAt?l.messageDeleted:mt(t.quoted))):l.earlierMessage;return c("button.quote",{type:"button","data-quote":e.replyTo,"aria-label":l.inReplyTo(n)},Q(n))}function Im(e,t){if(e.reactions.length===0||e.deletedAt)return null;let n=jr(e,t),i=({emoji:r,count:o,me:a},s)=>c(a?"button.reaction.mine":"button.reaction",{type:"button","data-emoji":r,"aria-pressed":String(!!a),"aria-label":l.reaction(r,o),title:n[s]},c("span",{},r)," ",c("span",{},ft(o)));return c("div.reactions",{},...e.reactions.map(i))}function jr(e,{nameOf:t}){return e.reactions.map(({userIds:n,count:i})=>{let r=n.slice(0,Sm).flatMap(o=>t(o)??[]).map(N);return Xn(i>r.length?[...r,l.others(i-r.length)]:r)})}function Xs({id:e,chatId:t,error:n,message:i},{me:r,files:o},a){let s=n&&c("div.refused",{role:"alert"},c("p",{},dt(n)),H(l.tryAgain,a.retry),H(l.edit,a.edit),H(l.discard,a.discard)),u=!n&&c("div.marks",{},c("span.tick",{role:"img","aria-label":l.waitingToBeSent,title:l.waitingToBeSent},Y("clock"))),h=c("div.content",{},...Hr(i.content??"",r)),d=o.of(t,(i.attachments??[]).filter(m=>!!(m.url&&m.name)));return c("article.message.own.pending",{"data-pending":e,tabindex:"-1"},c("span.face",{},wt(r)),c("div.body",{},c("header",{},c("span.sender",{},R(r.displayName))),h,...d,s),u)}var Ei=class{#t=0;#e=1/0;#n=0;get isAtEnd(){return this.#e===1/0}showEnd(){this.#t=this.#n=0,this.#e=1/0}showAround(t,n){let i=t.findIndex(r=>r.id===n);i<0||(this.#t=this.#n=t[Math.max(0,i-50)].seq,this.#e=t[i+100]?.seq??1/0)}range(t,n){let i=this.isAtEnd?t.length:xi(t,this.#e+1),r=xi(t,this.#t),o=this.#t===0||n?200:1/0,a={start:Math.max(r,i-o),end:i};return this.#n=t[a.start]?.seq??0,a}hold(t){if(!this.isAtEnd||this.#n===0)return;let n=xi(t,this.#n);t.length-n>200&&this.#i(t,n,n+200)}moveUp(t,n){let i=this.#n,{start:r,end:o}=this.range(t,n),a=i===0?r:xi(t,i);if(a===0)return!1;let s=Math.max(0,a-50);return this.#i(t,s,Math.min(o,s+200)),!0}moveDown(t){let{start:n,end:i}=this.range(t,!1);return i===t.length?(this.#e=1/0,!1):(this.#i(t,Math.max(n,i+50-200),Math.min(t.length,i+50)),!0)}#i(t,n,i){this.#t=t[n].seq,this.#e=i===t.length?1/0:t[i-1].seq}};function xi(e,t){let n=0,i=e.length;for(;n<i;){let r=n+i>>1;e[r].seq<t?n=r+1:i=r}return n}var tl=60,el=200,Nm=100,Pm=80,Lm=2e3,nl=.2,Si=class{list=c("div.messages",{role:"log","aria-label":l.messages,"aria-live":"off",tabindex:"0"});element=c("div.scroller",{},this.list);#t;#e;#n;#i=new Ei;#r=new yi;#o;files;#a;#l=!1;#s=!1;#c=!1;#u=!1;#d=!1;#p=0;#m=!0;#h=!0;constructor(t,n,i){this.#t=t,this.#n=n,this.#e=i,this.files=new gi(t.client,this.element),this.#o=new ki(this.element,this.list,r=>this.#F(r)),this.element.addEventListener("scroll",()=>this.#D(),{passive:!0}),new ResizeObserver(()=>this.#h&&this.#k()).observe(this.element),document.addEventListener("visibilitychange",()=>this.#o.look())}get atEnd(){return this.#h}async open(t,n){if(this.#a=t,this.#r.clear(),this.files.clear(),this.list.replaceChildren(),this.#o.reset(),this.#i.showEnd(),this.#p=0,this.#h=!0,this.#s=t!==void 0,this.#c=this.#d=this.#u=!1,this.draw(),!t||(n!==void 0?await this.#b(t,()=>t.message(n)!==void 0):await this.#b(t,()=>t.room.from<=rn(t)+1||!t.object.unreadCount),this.#a!==t))return!0;this.#s=!1,this.#p=this.#w(t)?.seq??0,this.#m=this.#p===0;let i=n!==void 0&&t.message(n)!==void 0;return this.#c?this.toEnd():i?this.#x(n):this.#v(t),i||n===void 0}draw(){let t=this.#a;if(!t||!this.#f(t))return;if(this.#s)return this.#M();t.messages.length===0&&t.room.from>1&&this.#g&&this.#_(t),this.#y(t);let n=this.#R();this.#h||this.#S(t),this.#E(t),this.#h?this.#k():n&&this.#O(n),this.#o.look(),this.#e.moved()}async reveal(t){let n=this.#a;return!n||(await this.#b(n,()=>n.message(t)!==void 0),this.#a!==n||!n.message(t))?!1:(this.#x(t),!0)}async markUnread({seq:t}){let n=this.#a;if(!n)return;this.#u=!0;let i=await A(n.markUnread(t));if(this.#a===n){if(!i)return void(this.#u=!1);this.#p=t,this.#m=!1,this.draw()}}toEnd(){if(this.#s)return void(this.#c=!0);let t=this.#i.isAtEnd&&this.#r.get("skeleton")===void 0;this.#i.showEnd(),this.#h=this.#d=!0,t||this.draw(),this.element.scrollTop=this.element.scrollHeight,this.#e.moved()}rowOf(t){return t instanceof Element?t.closest("article[data-id]"):null}focusNext(t,n){let i=[...this.list.querySelectorAll("article[data-id]")],r=this.rowOf(t),o=i[(r?i.indexOf(r):i.length)+n];return o?.focus(),o!==void 0}get#g(){return this.#t.client.status.phase==="online"}#f=t=>this.#t.client.state.rooms.has(t.id);async#b(t,n){let i=async r=>this.#g&&t.older(r).catch(()=>!1);t.messages.length<tl&&await i(tl);for(let r=0;r<Nm&&this.#a===t&&this.#f(t)&&!n()&&await i(el);r++);this.#f(t)&&t.members().catch(()=>{})}#w(t){if(!t.object.unreadCount)return;let n=rn(t),i=this.#t.client.me.id;return t.messages.find(({seq:r,sender:o,deletedAt:a})=>r>n&&o.id!==i&&!a)}#y(t){t.object.unreadCount||(this.#m=!0);let n=!this.#h||document.visibilityState==="hidden",i=this.#m&&n?this.#w(t):void 0;i&&(this.#m=this.#d=!1,this.#p=i.seq)}#v(t){let n=t.messages.find(({seq:r})=>r===this.#p);n&&this.#i.showAround(t.messages,n.id),this.#h=!n,this.draw();let i=this.#r.get("unread");i&&(this.element.scrollTop=i.offsetTop-this.element.clientHeight*nl),this.#D()}#x(t){let n=this.#a;this.#h=!1,this.#i.showAround(n.messages,t),this.draw();let i=this.#r.get(t);i?.scrollIntoView({block:"center"}),i?.classList.add("highlighted"),i?.focus({preventScroll:!0}),setTimeout(()=>i?.classList.remove("highlighted"),Lm),this.#D()}#k(){let t=this.#r.get("unread"),n=!this.#d&&this.#a!==void 0&&this.#p>rn(this.#a)&&(this.#a?.object.unreadCount??0)>0,i=t&&n?t.offsetTop-this.element.clientHeight*nl:1/0;this.element.scrollTop=Math.min(this.element.scrollHeight,i)}#E(t){let{messages:n,streams:i}=t.room,{start:r,end:o}=this.#i.range(n,this.#h),a=o===n.length;t.room.from<=1&&r===0&&this.#r.add("beginning",{draw:()=>c("p.beginning",{},l.beginning)});let s=n[r-1],u=this.#n.of(t.id).filter(({seq:p})=>p>(s?.seq??0)),h=this.#L(t),d=[...n.slice(r,o),...a?i.values():[]],m=new Map(d.map(p=>[p.id,p]));for(let p of d){this.#C(u,p.seq||1/0),(!s||Fe(s)!==Fe(p))&&this.#r.add(`day ${Fe(p)}`,{draw:()=>Om(p)}),this.#A(p)&&this.#r.add("unread",{draw:Dm});let f=p.replyTo?m.get(p.replyTo)??t.message(p.replyTo)??null:void 0;this.#T(t,p,{...this.#P(t,p,s,h),quoted:f}),s=p}if(a){this.#C(u,1/0);for(let p of t.pending)this.#r.add(p.id,{inputs:[p,p.error],draw:()=>this.#N(p)})}this.#r.place(this.list)}#S(t){this.#i.hold(t.messages),this.#I&&this.#i.moveUp(t.messages,this.#h),t.room.keep=Math.max(t.room.keep,t.messages.length)}#M(){this.#r.add("skeleton",{draw:Rm}),this.#r.place(this.list)}#C(t,n){for(;t[0]&&t[0].seq<n;){let i=t.shift();this.#r.add(`notice ${i.seq}`,{draw:()=>_m(i)})}}#T(t,n,i){this.#r.add(n.id,{inputs:[n,i.grouped,i.seen,i.pinned,i.quoted,i.me.id,jr(n,i).join()],draw:()=>Ys(n,i),update:i.streaming?r=>Zs(r,n):void 0})}#A=t=>t.seq>0&&t.seq===this.#p;#P(t,n,i,r){let{room:o}=t,{me:a}=this.#t.client;return{me:a,files:this.files,grouped:i!==void 0&&!this.#A(n)&&$s(n,i),seen:n.sender.id===a.id&&n.seq>0&&n.seq<=r,streaming:o.streams.has(n.id),pinned:t.object.pinned.includes(n.id),nameOf:s=>(o.members?.get(s)?.user??this.#t.client.state.users.get(s))?.displayName}}#L(t){let{members:n,readByAllSeq:i}=t.room,r=[...n?.values()??[]].filter(({user:o})=>o.id!==this.#t.client.me.id);return r.length?Math.max(i,Math.min(...r.map(({readSeq:o})=>o))):i}#N(t){let{client:n}=this.#t;return Xs(t,{me:n.me,files:this.files},{retry:()=>n.outbox.retry(t.id),edit:()=>this.#e.takeBack(t),discard:()=>n.outbox.drop(t.id)})}get#I(){return this.element.scrollTop<this.element.clientHeight}#R(){let t=this.list.querySelectorAll("article[data-id]"),n=this.element.getBoundingClientRect(),i=t[bi(t,n.top)];if(!i)return;let{top:r,bottom:o}=i.getBoundingClientRect(),a=o<=n.bottom?"bottom":"top";return{id:i.dataset.id,edge:a,at:a==="bottom"?o:r}}#O({id:t,edge:n,at:i}){let r=this.#r.get(t);r&&(this.element.scrollTop+=r.getBoundingClientRect()[n]-i)}#D(){let t=this.#a;if(!t||this.#s||!this.#f(t))return;let{scrollTop:n,scrollHeight:i,clientHeight:r}=this.element;if(r===0)return;let o=i-n-r;this.#h=o<Pm&&this.#i.isAtEnd,o<r&&this.#i.moveDown(t.messages)&&this.draw(),this.#I&&this.#_(t),this.#o.look(),this.#e.moved()}async#_(t){if(!this.#l){if(this.#i.moveUp(t.messages,this.#h))return this.draw();t.room.from<=1||(this.#l=!0,await t.older(el).catch(()=>!1),this.#l=!1,this.#a===t&&(this.draw(),this.#I&&this.#_(t)))}}#F(t){let n=this.#a;!n||!this.#f(n)||!n.object.unreadCount||t<=rn(n)||this.#u||n.read(t).catch(()=>{})}};function Rm(){let e=t=>c(`span.bone.width-${t}`);return c("div.skeleton",{role:"status","aria-busy":"true","aria-label":l.loading},...[3,5,2,4,5,3].map(t=>c("div",{},c("span.bone.disc"),c("div",{},e(1),e(t)))))}var Om=e=>c("h3.day",{},c("span",{},ls(e.createdAt))),Dm=()=>c("div.unread-line",{role:"separator","aria-label":l.newMessages},c("span",{},l.newMessages));function _m(e){return c("p.notice",{},Q(e.text)," ",c("time",{datetime:e.at},on(e.at)))}var Ti=class{element;timeline;#t;#e;#n;#i;#r;#o=c("div.typing");#a=c("span.badge",{hidden:!0});#l=c("button.jump",{type:"button",hidden:!0,onclick:()=>this.timeline.toEnd()},Y("down"),this.#a);#s;#c=c("button.return",{type:"button",hidden:!0,onclick:()=>this.#w()},Y("reply"),l.backToReply);constructor(t,n,i,r){this.#t=t,this.#e=n,this.#n=new pi(t,n,()=>this.timeline),this.#i=new hi(t,r.back),this.#r=new di(t,r.back),this.timeline=new Si(t,i,{moved:()=>this.#v(),takeBack:a=>this.#x(a.id)}),n.onEditLast=()=>this.#k(),n.onSent=()=>this.timeline.toEnd(),this.#d();let o=c("div.stage",{},this.timeline.element,this.#c,this.#l);this.element=c("section.conversation.closed",{},this.#i.element,o,this.#o,n.element,this.#r.element),Ms(this.element,()=>n.isOpen,a=>n.attach(a))}get showsChat(){return!this.element.classList.contains("closed")}open(t){let{chat:n}=this.#t;this.element.classList.toggle("closed",!n),this.#n.hide(),this.#y(void 0),this.#e.open(n),this.timeline.open(n,t.messageId).then(i=>i||V(l.messageNotFound)),this.#r.open(n?"":t.chatId),this.draw(),n&&window.matchMedia("(hover: hover)").matches&&!this.#u&&this.#e.focus()}refresh(t){let{chat:n}=this.#t;if(!n||!this.showsChat)return this.open(t);n.members().catch(()=>{}),n.messages.length===0&&this.timeline.open(n,t.messageId),this.draw()}get#u(){let{activeElement:t}=document;return t?.matches("input, textarea, select")===!0&&!this.element.contains(t)}draw(){let{chat:t}=this.#t;if(this.element.classList.toggle("closed",!t),!t)return this.#r.draw();this.#i.draw(t),this.#e.draw(t);let n=t.typingUsers.map(({displayName:i})=>N(i));this.#o.replaceChildren(Q(n.length?l.typing(Xn(n),n.length):"")),this.timeline.draw()}async show(t){await this.timeline.reveal(t)||V(l.messageNotFound)}#d(){let{list:t}=this.timeline,n=i=>this.#m(i.target);t.addEventListener("mouseover",n),t.addEventListener("focusin",n),t.addEventListener("keydown",i=>this.#E(i)),t.addEventListener("click",i=>this.#h(i))}#p(t){return t?this.#t.chat?.message(t.dataset.id):void 0}#m(t){if(!window.matchMedia("(hover: hover)").matches)return;let n=this.timeline.rowOf(t),i=this.#p(n);n&&i&&!i.deletedAt&&this.#n.showToolbar(n,i)}#h(t){let{chat:n}=this.#t,i=t.target,r=this.timeline.rowOf(i);if(!n||!r)return;let o=i.closest("[data-quote], [data-emoji], [data-stop], [data-user], [data-mention], [data-picture]"),{quote:a,emoji:s,stop:u,user:h,mention:d,picture:m}=o?.dataset??{};a?this.#b(a,r.dataset.id):s?this.#n.react(n.message(r.dataset.id),s):u!==void 0?this.#t.client.command({type:"STOP_STREAM",chatId:n.id,messageId:r.dataset.id}).catch(()=>{}):h?un(this.#t,h):d?Rs(this.#t,n,d):m?this.#g(m):i.closest("a, button, pre")||this.#f(r)}#g(t){let{chat:n}=this.#t;if(!n)return;let i=n.messages.filter(({deletedAt:o})=>!o).flatMap(({attachments:o})=>o.filter(ln)),r=o=>this.timeline.list.querySelector(`[data-picture="${CSS.escape(o)}"]`)?.focus();Fs(this.timeline.files,{chatId:n.id,pictures:i,first:t},r)}#f(t){let n=this.#p(t),i=!(getSelection()?.isCollapsed??!0);!window.matchMedia("(hover: hover)").matches&&n&&!n.deletedAt&&!i&&this.#n.showSheet(n)}async#b(t,n){await this.timeline.reveal(t)&&this.#y(n)}#w(){let t=this.#s;this.#y(void 0),t!==void 0&&this.timeline.reveal(t)}#y(t){this.#s=t,this.#c.hidden=t===void 0}#v(){let t=this.#t.chat?.object.unreadCount??0;this.#l.hidden=this.timeline.atEnd;let n=t>0?l.jumpToNewestUnread(t):l.jumpToNewest;this.#l.setAttribute("aria-label",n),this.#l.title=n,this.#a.hidden=t===0,this.#a.textContent=ft(t)}#x(t){let{chat:n,client:i}=this.#t,r=n?.pending.find(o=>o.id===t);r&&(i.outbox.drop(t),this.#e.restore(r.message.content??"",r.message.attachments??[]))}#k(){let{chat:t,client:n}=this.#t,i=t?.messages.findLast(({sender:r,deletedAt:o})=>r.id===n.me.id&&!o);i&&this.#e.edit(i)}#E(t){t.key==="Escape"?(this.#e.focus(),t.preventDefault()):t.key==="ArrowUp"||t.key==="ArrowDown"?this.timeline.focusNext(t.target,t.key==="ArrowUp"?-1:1)&&t.preventDefault():t.key==="End"&&t.target===this.timeline.list&&this.timeline.toEnd()}};var Ci=class{current;Socket;constructor(){let t=n=>{let i=JSON.parse(String(n));i.type==="CONNECTED"&&(this.current=i.limits)};this.Socket=class extends WebSocket{constructor(n,i){super(n,i),this.addEventListener("message",({data:r})=>t(r),{once:!0})}}}};var Fm=["logIn","signUp","token"],zm="[A-Za-z0-9_.\\-]{3,32}",Hm=8;function il(e,t){let n=ri({all:Fm,labels:l.logInTabs,content:r=>Um(r,t)}),i=c("div.card",{},c("h1",{},"PiChat"),...n);e.replaceChildren(c("main.entrance",{},i)),i.querySelector("input")?.focus()}var jm={logIn(){let e=G(l.usernameOrEmail,{name:"username",required:!0,autocomplete:"username",autocapitalize:"none",spellcheck:"false",dir:"ltr"}),t=ae(l.password,{name:"password",autocomplete:"current-password"}),n=()=>{let i=e.input.value.trim();return{login:{...i.includes("@")?{email:i}:{username:i},password:t.input.value}}};return{fields:[e.element,t.element],credentials:n}},signUp(){let e={required:!0,minlength:3,maxlength:32,pattern:zm,title:l.usernameRules},t=G(l.username,{name:"username",autocomplete:"username",autocapitalize:"none",spellcheck:"false",dir:"ltr",...e},l.usernameRules),n=G(l.displayNameOptional,{name:"displayName",autocomplete:"name",maxlength:80},l.displayNameHint),i=ae(l.password,{name:"password",minlength:Hm,autocomplete:"new-password"},l.passwordRules),r=()=>({signUp:{username:t.input.value.trim(),password:i.input.value,displayName:n.input.value.trim()||void 0}});return{fields:[t.element,n.element,i.element],credentials:r}},token(){let e=G(l.tokenLabel,{name:"token",type:"password",required:!0,dir:"ltr"},l.tokenHint),t=()=>(he.save({accessToken:e.input.value.trim()}),{});return{fields:[e.element],credentials:t}}};function Bm(e,t){let{code:n}=t;return n==="UNAUTHENTICATED"?e==="token"?l.refusals.wrongToken:l.refusals.wrongPassword:n==="CONFLICT"&&e==="signUp"?l.refusals.usernameTaken:Re(t)}function Um(e,t){let{fields:n,credentials:i}=jm[e](),r=c("p.problem",{role:"alert"}),o=c("button.primary",{type:"submit"},l.logInButtons[e]),s=c("form",{onsubmit:lt(async()=>{let u=[...s.closest(".card").querySelectorAll('[role="tab"]')];for(let h of u)h.disabled=!0;r.textContent="";try{await t(i(),h=>r.textContent=h?l.cannotReach:"")}catch(h){he.save(void 0),r.textContent=Bm(e,h)}for(let h of u)h.disabled=!1})},...n,r,o);return s}var qm=200,Mi=class{#t;#e=new Map;#n=new Map;#i=new Map;#r=new WeakMap;constructor(t){this.#t=t,t.on("MEMBERS_ADDED",n=>this.#o(n)),t.on("MEMBERS_REMOVED",n=>this.#a(n)),t.on("MEMBER_BANNED",n=>this.#u(n,l.notices.banned(this.#c(n.by),this.#c(n.userId)))),t.on("MEMBER_UPDATED",n=>this.#u(n,l.notices.role(this.#c(n.by),this.#c(n.userId),l.roles[n.role]))),t.on("MESSAGE_PINNED",n=>this.#u(n,l.notices.pinned(this.#c(n.by)))),t.on("MESSAGE_UNPINNED",n=>this.#u(n,l.notices.unpinned(this.#c(n.by)))),t.on("CHAT_UPDATED",n=>this.#l(n)),t.on("change",n=>this.#s(n))}of(t){return this.#e.get(t)??[]}#o(t){let n=t.members.map(({user:r})=>N(r.displayName)),i=t.members.length===1&&t.members[0].user.id===t.by;this.#u(t,i?l.notices.joined(n[0]):l.notices.added(this.#c(t.by),n))}#a(t){let n=t.userIds.length===1&&t.userIds[0]===t.by,i=t.userIds.map(r=>this.#c(r));this.#u(t,n?l.notices.left(i[0]):l.notices.removed(this.#c(t.by),i))}#l(t){let n=this.#c(t.by),{name:i,active:r}=t.chat;this.#n.get(t.chatId)!==void 0&&this.#n.get(t.chatId)!==i?this.#u(t,l.notices.renamed(n,N(i))):this.#u(t,r?l.notices.changed(n):l.notices.archived(n))}#s(t){for(let n of t){let i=this.#t.state.rooms.get(n);if(i&&(this.#n.set(n,i.chat.name),!(!i.members||this.#r.get(i.members)===i.members.size))){this.#r.set(i.members,i.members.size);for(let{user:r}of i.members.values())this.#i.set(r.id,r.displayName)}}}#c(t){let{me:n,users:i}=this.#t.state,r=t===n?.id?n:i.get(t);return N(r?.displayName??this.#i.get(t)??l.someone)}#u({chatId:t,seq:n,duplicate:i},r){if(i)return;let o=this.#e.get(t)??[];o.push({seq:n,at:new Date().toISOString(),text:r}),o.length>qm&&o.shift(),this.#e.set(t,o)}};var $m="pichat",Br="snapshot",Ur="latest";function ol(){navigator.serviceWorker?.register("/sw.js").catch(()=>{})}function Gm(){return new Promise((e,t)=>{let n=indexedDB.open($m,1);n.onupgradeneeded=()=>n.result.createObjectStore(Br),n.onsuccess=()=>e(n.result),n.onerror=n.onblocked=()=>t(n.error)})}async function qr(e,t){try{let n=await Gm(),i=t(n.transaction(Br,e).objectStore(Br));return await new Promise((r,o)=>{i.onsuccess=()=>r(i.result),i.onerror=()=>o(i.error)}).finally(()=>n.close())}catch{return}}async function Wm(){let e=await qr("readonly",t=>t.get(Ur));return e?.version===1?e:void 0}var al=()=>qr("readwrite",e=>e.delete(Ur)),rl=({chat:e})=>e.lastMessage?.createdAt??e.updatedAt;function Vm(e){let n=[...e.state.rooms.values()].map(({chat:i,position:r,from:o,messages:a})=>{let s=a.slice(-60);return{chat:i,position:r,from:s.length<a.length?s[0].seq:o,messages:s}}).sort((i,r)=>rl(r).localeCompare(rl(i))).slice(0,40);return{version:1,me:e.me,chats:n}}var Ai=class{#t;#e;#n;#i=!1;#r=!1;constructor(t){this.#t=t,t.on("AUTHENTICATED",()=>this.#e&&!this.#i&&this.#l()),t.on("change",()=>this.#i&&this.#s()),document.addEventListener("visibilitychange",()=>document.visibilityState==="hidden"&&this.#i&&this.#c())}get isBetween(){return this.#r&&!this.#i}async show(){let t=await Wm();if(!t||this.#t.state.me)return!1;this.#e=t,this.#t.state.me=t.me;for(let n of t.chats)this.#o(n);return!0}online(){let{state:t}=this.#t;this.#i=!0;let n=t.me?.id===this.#e?.me.id;for(let i of n?this.#e?.chats??[]:[]){let r=t.rooms.get(i.chat.id);r&&r.position===i.position&&r.messages.length===0&&this.#a(r,i)}this.#e=void 0,this.#s()}#o(t){this.#a(this.#t.state.add(t.chat,t.position),t)}#a(t,{from:n,messages:i}){t.from=n,t.messages=i,this.#t.state.showSenders(i)}#l(){this.#r=!0;for(let t of[...this.#t.state.rooms.keys()])this.#t.state.remove(t)}#s(){this.#n??=setTimeout(()=>this.#c(),2e3)}#c(){clearTimeout(this.#n),this.#n=void 0,this.#t.status.phase!=="closed"&&qr("readwrite",t=>t.put(Vm(this.#t),Ur))}};function sl(){let e=l.shortcuts.map(([t,n])=>c("div",{},c("dt",{},...t.split(" ").map(i=>c("kbd",{},i))),c("dd",{},n)));et(l.keyboardShortcuts,c("dl.shortcuts",{},...e))}var Km=`${location.protocol==="https:"?"wss":"ws"}://${location.host}/ws`,Ym="(min-width: 48rem)";function ll(e){ol();let t=he.load();t?.accessToken||t?.refreshToken?new Ii(e,{},{isReturning:!0}).show():il(e,(n,i)=>{let r=new Ii(e,n);return r.client.on("status",({phase:o})=>i(o==="waiting")),r.entered})}var Ii=class{client;entered;#t;#e;#n;#i;#r;#o;#a;#l=new Ci;#s;#c;#u=!1;#d=!1;constructor(t,n,{isReturning:i=!1}={}){this.#t=t,this.client=new We({url:Km,...n,session:he,outbox:na,WebSocket:this.#l.Socket}),this.#e=new mi(o=>this.#h(o)),this.#s=this.#e.route,this.#r=new Zn(()=>this.client.wake()),this.#n=new ai(this),this.#i=new Ti(this,new ui(this),new Mi(this.client),{back:()=>this.#e.toList()}),new ei(this);let r=c("main",{},c("h1.visually-hidden",{},"PiChat"),this.#n.element,this.#i.element);this.#o=c("div.layout",{},this.#r.element,r,new Yn(this).element),this.client.on("status",o=>this.#y(o)),this.client.on("change",()=>this.#b()),this.client.on("change",o=>this.#w(o)),this.client.on("problem",o=>V(dt(o))),this.#a=new Ai(this.client),this.entered=this.#p(i),this.entered.then(()=>this.#g(),()=>{})}get isLoaded(){return this.#d}get limits(){return this.#l.current}get chat(){let{chatId:t}=this.#s;return this.client.state.rooms.has(t)?this.client.chat(t):void 0}show(){this.#u||(this.#u=!0,this.#t.replaceChildren(this.#o),this.#o.classList.toggle("open",this.#s.chatId!==""),this.#n.draw(),this.#i.draw(),document.addEventListener("keydown",t=>this.#x(t)),document.addEventListener("visibilitychange",()=>document.visibilityState==="visible"&&this.#v()),window.addEventListener("online",()=>this.client.wake()))}open(t){this.#e.go({chatId:t})}showMessage({chatId:t,id:n}){t===this.#s.chatId&&this.chat?this.#i.show(n):this.#e.go({chatId:t,messageId:n})}async logOut(t){await this.client.logOut(t).catch(()=>this.client.close()),this.#m()}async#p(t){t&&await this.#a.show()&&this.#f(),await this.client.start()}#m(t=!1){t||ia();let n=()=>{history.replaceState(null,"",location.pathname),location.reload()};al().finally(n)}#h(t){this.#s=t,this.#o.classList.toggle("open",t.chatId!==""),this.#d&&(this.#i.open(t),this.#n.draw())}#g(){if(this.#a.online(),!this.#d)return this.#f();this.#n.draw(),this.#i.refresh(this.#s)}#f(){if(this.#d=!0,this.show(),this.client.command({type:"GET_SETTINGS"}).catch(()=>{}),this.#n.loaded(),this.#i.showsChat)return;let[t]=oe(this);!this.#s.chatId&&t&&window.matchMedia(Ym).matches?this.#e.go({chatId:t.id},{replace:!0}):this.#h(this.#s)}#b(){let{settings:t}=this.client.state;this.#c!==t&&(this.#c=t,ra(t?.theme)&&_t.set(t.theme))}#w(t){if(!this.#u||!this.#d||this.#a.isBetween)return;let{chatId:n}=this.#s;this.#n.draw();let i=this.chat!==void 0;n&&i!==this.#i.showsChat&&this.client.status.phase==="online"?this.#i.open(this.#s):(t.has(n)||t.has(""))&&this.#i.draw();let r=this.client.chats.reduce((o,{object:a})=>o+(a.muted?a.mentionCount??0:a.unreadCount??0),0);document.title=r>0?`(${r}) PiChat`:"PiChat"}#y(t){this.#r.show(t),t.phase==="closed"&&this.#u&&t.reason instanceof xt&&this.#m(t.reason.code==="CONFLICT")}#v(){this.client.wake(),this.#d&&!this.#a.isBetween&&this.#i.draw()}#x(t){let n=t.ctrlKey||t.metaKey;if(n&&t.key.toLowerCase()==="k")is(this);else if(n&&t.key==="/")sl();else if(t.altKey&&(t.key==="ArrowUp"||t.key==="ArrowDown"))this.#k(t.key==="ArrowUp"?-1:1);else return;t.preventDefault()}#k(t){let n=oe(this),i=n.findIndex(({id:o})=>o===this.#s.chatId)+t,r=n[Math.min(Math.max(i,0),n.length-1)];r&&this.open(r.id)}};_t.apply();ue.apply();de.apply();oa();ll(document.querySelector("#app"));})();
